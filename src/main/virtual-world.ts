import { MqttTransport } from '../lan/mqtt/mqtt-transport.js';
import type { Identity } from '../lan/native/identity.js';
import { KuksaTransport } from '../lan/vehicle/kuksa-transport.js';
import { VirtualCar } from '../virtual/car/virtual-car.js';
import { VirtualHome } from '../virtual/home/virtual-home.js';
import { VirtualPhone } from '../virtual/phone/virtual-phone.js';
import type { SearchingTransport } from './connections/open-connection.js';
import { VirtualComputer, type VirtualComputerAddress, virtualComputerTransport } from './virtual-computer.js';

export interface VirtualWorldOptions {
  readonly trustedKeyFiles: readonly string[];
  /** The key of this computer: the only one that the virtual computer lets in. */
  readonly identity: Identity;
  readonly phones?: number;
  /** The first phone's port; 0 for any free one. */
  readonly port?: number;
}

/** Where virtual devices listen. */
export interface VirtualAddresses {
  /** "host:port" of an adbd each. */
  readonly phones: readonly string[];
  /** "host:port" of kuksa.val.v2. */
  readonly cars: readonly string[];
  /** URLs of MQTT brokers. */
  readonly homes: readonly string[];
  /** Computers that speak the native protocol, on this machine. */
  readonly computers: readonly VirtualComputerAddress[];
}

/** A phone or more, a car and a home that Tentacle simulates, on the wire protocols of real ones. */
export class VirtualWorld implements AsyncDisposable {
  readonly phones: readonly VirtualPhone[];
  readonly car: VirtualCar;
  readonly home: VirtualHome;
  readonly computer: VirtualComputer;

  private constructor(phones: readonly VirtualPhone[], car: VirtualCar, home: VirtualHome, computer: VirtualComputer) {
    this.phones = phones;
    this.car = car;
    this.home = home;
    this.computer = computer;
  }

  /** Throws what listening throws (EADDRINUSE). */
  static async start(options: VirtualWorldOptions): Promise<VirtualWorld> {
    const count = options.phones ?? 1;
    const started: AsyncDisposable[] = [];
    const keep = async <T extends AsyncDisposable>(starting: Promise<T>): Promise<T> => {
      const device = await starting;
      started.push(device);
      return device;
    };
    try {
      const [car, home, computer, ...phones] = await Promise.all([
        keep(VirtualCar.start()),
        keep(VirtualHome.start()),
        keep(VirtualComputer.start(options.identity.fingerprint)),
        ...Array.from({ length: count }, (_, index) => keep(VirtualPhone.start(phoneOptions(options, index, count)))),
      ]);
      return new VirtualWorld(phones, car, home, computer);
    } catch (error) {
      await Promise.all(started.map((device) => device[Symbol.asyncDispose]()));
      throw error;
    }
  }

  get addresses(): VirtualAddresses {
    return {
      phones: this.phones.map(({ address }) => address),
      cars: [this.car.address],
      homes: [this.home.url],
      computers: [this.computer.address],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [this.car, this.home, this.computer, ...this.phones].map((device) => device[Symbol.asyncDispose]()),
    );
  }
}

function phoneOptions({ port = 0, trustedKeyFiles }: VirtualWorldOptions, index: number, count: number) {
  const number = index + 1;
  return {
    name: count === 1 ? 'Virtual Phone' : `Virtual Phone ${number}`,
    serial: `TENTACLE${String(number).padStart(4, '0')}`,
    port: port === 0 ? 0 : port + index,
    trustedKeyFiles,
  };
}

/** The ways to virtual cars, homes and computers; phones are reached by the transport of adb. */
export function virtualTransports(
  { cars, homes, computers }: VirtualAddresses,
  identity: Identity,
): SearchingTransport[] {
  return [
    ...cars.map(
      (address) =>
        new KuksaTransport({ address, name: 'Virtual Car', id: `virtual-${address}`, tls: null, virtual: true }),
    ),
    ...homes.map((url) => new MqttTransport({ url, name: 'Virtual Home', virtual: true })),
    ...computers.map((address) => virtualComputerTransport(address, identity)),
  ];
}
