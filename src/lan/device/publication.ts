import { MdnsSockets } from '../native/mdns-sockets.js';
import { type Announcement, SERVICE_TYPE, serviceHost, serviceName, serviceText } from '../native/service-record.js';

/** How often the addresses of this computer are looked at, in milliseconds. */
const LOOK_MS = 3_000;
/** How long the goodbye may take, in milliseconds. */
const GOODBYE_MS = 300;

export interface PublicationOptions {
  /** What is so now. */
  readonly announcement: () => Announcement;
  readonly port: number;
  readonly sockets?: MdnsSockets;
}

/** Tells the network where a device is, as long as it runs. Without multicast it is silent, and the device works all the same. */
export class Publication implements AsyncDisposable {
  readonly #options: PublicationOptions;
  readonly #sockets: MdnsSockets;
  readonly #timer: NodeJS.Timeout;

  constructor(options: PublicationOptions) {
    this.#options = options;
    this.#sockets = options.sockets ?? new MdnsSockets();
    this.#timer = setInterval(() => {
      if (this.#sockets.refresh()) this.#publish();
    }, LOOK_MS);
    this.#timer.unref();
    this.renew();
  }

  /** Says anew what is so now. The addresses belong to what was said, so the sockets are new too. */
  renew(): void {
    this.#sockets.reopen();
    this.#publish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    const said = Promise.all(
      this.#sockets.all.map((socket) => new Promise<void>((resolve) => socket.unpublishAll(() => resolve()))),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_MS);
    });
    await Promise.race([said, late]);
    clearTimeout(timer);
    this.#sockets[Symbol.dispose]();
  }

  #publish(): void {
    const announcement = this.#options.announcement();
    for (const socket of this.#sockets.all) {
      socket.publish({
        name: serviceName(announcement),
        type: SERVICE_TYPE,
        protocol: 'tcp',
        port: this.#options.port,
        host: serviceHost(announcement),
        txt: serviceText(announcement),
        // The name carries the id: nobody else has it, and there is nothing to ask the network for first.
        probe: false,
        disableIPv6: true,
      });
    }
  }
}
