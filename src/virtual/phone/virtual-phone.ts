import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Faults } from './faults.js';
import { programs } from './programs/programs.js';
import { Shell, type ShellStreams } from './shell/shell.js';
import { type Effect, PhoneState } from './state/phone-state.js';
import { type Authorize, parseAdbPublicKey } from './wire/authentication.js';
import { Link } from './wire/connection.js';
import { serveInteractiveShell, serveRawShell, serveShellV2 } from './wire/shell-service.js';
import type { ServiceStream } from './wire/stream.js';
import { SyncService } from './wire/sync-service.js';

export interface VirtualPhoneOptions {
  readonly name?: string;
  readonly serial?: string;
  /** Where it listens; the loopback interface and any free port unless told otherwise. */
  readonly host?: string;
  readonly port?: number;
  /** What its owner answers when a new computer asks to debug. */
  readonly authorize?: Authorize;
  /** Files with public keys of computers that its owner has already allowed, as `~/.android/adbkey.pub`; read when one connects. */
  readonly trustedKeyFiles?: readonly string[];
  readonly apiLevel?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How long every command takes at least, in milliseconds. */
  readonly latencyMs?: number;
}

const FEATURES = 'shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,apex';

/** A phone that speaks the ADB protocol over TCP, with an Android-like state behind its commands. */
export class VirtualPhone implements AsyncDisposable {
  readonly name: string;
  readonly serial: string;
  readonly state: PhoneState;
  readonly faults: Faults;
  readonly #server: Server;
  readonly #host: string;
  readonly #latencyMs: number;
  readonly #links = new Set<Link>();
  readonly #knownKeys = new Map<string, KeyObject>();
  readonly #authorize: Authorize;
  readonly #trustedKeyFiles: readonly string[];

  private constructor(options: VirtualPhoneOptions) {
    this.name = options.name ?? 'Virtual Phone';
    this.serial = options.serial ?? 'TENTACLE0001';
    this.#host = options.host ?? '127.0.0.1';
    this.#latencyMs = options.latencyMs ?? 0;
    this.#authorize = options.authorize ?? 'always';
    this.#trustedKeyFiles = options.trustedKeyFiles ?? [];
    this.state = new PhoneState({
      name: this.name,
      serial: this.serial,
      apiLevel: options.apiLevel ?? 34,
      now: options.now ?? Date.now,
    });
    this.faults = new Faults(() => {
      for (const link of this.#links) link.close();
    });
    this.#server = createServer((socket) => {
      const link = new Link(socket, {
        banner: () => this.#banner(),
        authorize: () => this.#authorize,
        knownKeys: () => this.#keys(),
        trust: ({ id, key }) => void this.#knownKeys.set(id, key),
        open: (name, stream) => this.#open(name, stream),
        budget: () => this.faults.budget,
        spend: (bytes) => this.faults.spend(bytes),
        isHanging: () => this.faults.isHanging,
      });
      this.#links.add(link);
      socket.on('close', () => this.#links.delete(link));
    });
  }

  /** Starts listening. Rejects when the port is taken. */
  static async start(options: VirtualPhoneOptions = {}): Promise<VirtualPhone> {
    const phone = new VirtualPhone(options);
    phone.#server.listen(options.port ?? 0, phone.#host);
    await once(phone.#server, 'listening');
    return phone;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** As `adb connect` takes it. */
  get address(): string {
    return `${this.#host}:${this.port}`;
  }

  /** What happened to the phone, in order. */
  get effects(): readonly Effect[] {
    return this.state.effects;
  }

  /** Runs a program of the phone with exact arguments: for the peer that serves AOSP's own daemon. */
  runProgram(name: string, args: readonly string[], streams: ShellStreams): Promise<number> {
    return new Shell(this.state, programs).runProgram(name, args, streams);
  }

  /** Runs a command line as the phone's own shell does. */
  run(line: string, streams: ShellStreams): Promise<number> {
    return new Shell(this.state, programs).run(line, streams);
  }

  async stop(): Promise<void> {
    for (const link of this.#links) link.close();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #banner(): string {
    const { properties } = this.state;
    const product = ['ro.product.name', 'ro.product.model', 'ro.product.device'].map(
      (key) => `${key}=${properties.get(key)};`,
    );
    return `device::${product.join('')}features=${FEATURES}`;
  }

  #keys(): readonly KeyObject[] {
    const trusted = this.#trustedKeyFiles.flatMap((path) => {
      // adb writes the file when its server starts for the first time: until then nobody is trusted by it.
      const found = existsSync(path) ? parseAdbPublicKey(readFileSync(path)) : null;
      return found ? [found.key] : [];
    });
    return [...this.#knownKeys.values(), ...trusted];
  }

  #open(name: string, stream: ServiceStream): Promise<void> | null {
    const run = async (line: string, io: ShellStreams): Promise<number> => {
      if (this.#latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#latencyMs));
      return this.run(line, io);
    };
    const shell = /^shell(,[^:]*)?:([\s\S]*)$/.exec(name);
    if (shell) {
      const [, options = '', line = ''] = shell;
      if (line === '') {
        const isV2 = options.includes('v2');
        return isV2 ? serveInteractiveShell(stream, 'virtual:/ $ ', options.includes('pty'), run) : null;
      }
      return options.includes('v2') ? serveShellV2(line, stream, run) : serveRawShell(line, stream, run);
    }
    if (name.startsWith('exec:')) return serveRawShell(name.slice('exec:'.length), stream, run);
    if (name === 'sync:') return new SyncService(stream, this.state.files).serve();
    return null;
  }
}
