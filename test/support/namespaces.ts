import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One end of the pair: a computer of its own, as far as the network goes. */
export interface NetworkNamespace {
  readonly name: string;
  /** The name of its only interface besides loopback. */
  readonly link: string;
  readonly ipv4: string;
  readonly ipv6: string;
  /** The words of a command that runs inside: `['ip', 'netns', 'exec', name, ...command]`. */
  command(...command: string[]): [string, ...string[]];
}

/** Why two networks cannot be made here, in a sentence; null where they can. */
export function whyNoNamespaces(): string | null {
  if (process.platform !== 'linux') return 'network namespaces need Linux.';
  if (process.getuid?.() !== 0) return 'network namespaces need root.';
  const probe = `tentacle-probe-${process.pid}`;
  try {
    execFileSync('ip', ['netns', 'add', probe], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'delete', probe], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `network namespaces cannot be made here: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Says aloud that something is left out, and why: a silent skip looks like a pass. */
export function skipAloud(what: string, why: string): void {
  process.stderr.write(`\nSKIPPED: ${what}: ${why}\n`);
}

let count = 0;

/**
 * Two computers on one cable, made of network namespaces and a veth pair: multicast goes through as in a home, which loopback
 * does not offer. Needs root on Linux. Everything is removed when it is disposed.
 */
export class NamespacePair implements AsyncDisposable {
  readonly left: NetworkNamespace;
  readonly right: NetworkNamespace;

  private constructor(left: NetworkNamespace, right: NetworkNamespace) {
    this.left = left;
    this.right = right;
  }

  static async open(): Promise<NamespacePair> {
    count += 1;
    // An interface's name has at most 15 characters.
    const id = `${process.pid.toString(36)}${count.toString(36)}`;
    const pair = new NamespacePair(end(`tentacle-${id}-a`, `tt${id}a`, 1), end(`tentacle-${id}-b`, `tt${id}b`, 2));
    try {
      await pair.#make();
    } catch (error) {
      await pair[Symbol.asyncDispose]();
      throw error;
    }
    return pair;
  }

  /** Pulls the cable or plugs it in. Addresses and routes are there again afterwards. */
  async setCable(isPlugged: boolean): Promise<void> {
    const { left } = this;
    await ip('-n', left.name, 'link', 'set', left.link, isPlugged ? 'up' : 'down');
    if (!isPlugged) return;
    // IPv6 addresses and routes go with the link.
    await ip('-n', left.name, '-6', 'address', 'replace', `${left.ipv6}/64`, 'dev', left.link, 'nodad');
    await route(left);
    await untilLinkLocal(this);
  }

  /** Gives one end another address, as a router does after a while. */
  async readdress(namespace: NetworkNamespace, ipv4: string): Promise<void> {
    await ip('-n', namespace.name, '-4', 'address', 'flush', 'dev', namespace.link);
    await ip('-n', namespace.name, 'address', 'add', `${ipv4}/24`, 'dev', namespace.link);
    await route(namespace);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The cable goes with its ends; whichever is there is removed.
    for (const { name } of [this.left, this.right]) await run('ip', ['netns', 'delete', name]).catch(() => {});
  }

  async #make(): Promise<void> {
    const { left, right } = this;
    for (const { name } of [left, right]) await ip('netns', 'add', name);
    await ip(
      '-n',
      left.name,
      'link',
      'add',
      left.link,
      'type',
      'veth',
      'peer',
      'name',
      right.link,
      'netns',
      right.name,
    );
    for (const namespace of [left, right]) {
      const { name, link, ipv4, ipv6 } = namespace;
      await ip('-n', name, 'link', 'set', 'lo', 'up');
      await ip('-n', name, 'address', 'add', `${ipv4}/24`, 'dev', link);
      await ip('-n', name, '-6', 'address', 'add', `${ipv6}/64`, 'dev', link, 'nodad');
      await ip('-n', name, 'link', 'set', link, 'up', 'multicast', 'on');
    }
    for (const namespace of [left, right]) await route(namespace);
    await untilLinkLocal(this);
  }
}

function end(name: string, link: string, number: number): NetworkNamespace {
  return {
    name,
    link,
    ipv4: `10.77.0.${number}`,
    ipv6: `fd77::${number}`,
    command: (...command) => ['ip', 'netns', 'exec', name, ...command],
  };
}

/** Multicast leaves by the cable, and so does what goes to anywhere else. */
async function route({ name, link }: NetworkNamespace): Promise<void> {
  await ip('-n', name, 'route', 'replace', '224.0.0.0/4', 'dev', link);
  await ip('-n', name, 'route', 'replace', 'default', 'dev', link);
}

/** Waits until duplicate address detection has let the link-local addresses go: nothing can be sent from them before. */
async function untilLinkLocal({ left, right }: NamespacePair): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const shown = await Promise.all(
      [left, right].map(({ name, link }) => ip('-n', name, '-6', 'address', 'show', 'dev', link, 'scope', 'link')),
    );
    if (shown.every((text) => text.includes('fe80::') && !text.includes('tentative'))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The cable between two namespaces gave no link-local addresses within 10 s.');
}

async function ip(...words: string[]): Promise<string> {
  const { stdout } = await run('ip', words, { timeout: 10_000 });
  return stdout;
}
