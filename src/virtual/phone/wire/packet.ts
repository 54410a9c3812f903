/** Commands of the ADB transport, as little-endian words (AOSP `protocol.txt`). */
export const command = {
  connect: 0x4e584e43,
  auth: 0x48545541,
  open: 0x4e45504f,
  okay: 0x59414b4f,
  close: 0x45534c43,
  write: 0x45545257,
  startTls: 0x534c5453,
} as const;

export interface Packet {
  readonly command: number;
  readonly arg0: number;
  readonly arg1: number;
  readonly payload: Buffer;
}

const HEADER_LENGTH = 24;

/** The largest payload that this peer announces and accepts, in bytes. */
export const MAX_PAYLOAD = 256 * 1024;

/** From this version on a packet's checksum may be zero. */
export const VERSION_WITHOUT_CHECKSUM = 0x0100_0001;

const checksumOf = (payload: Buffer): number => payload.reduce((sum, byte) => (sum + byte) >>> 0, 0);

export function encodePacket({ command, arg0, arg1, payload }: Packet): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUInt32LE(command, 0);
  header.writeUInt32LE(arg0, 4);
  header.writeUInt32LE(arg1, 8);
  header.writeUInt32LE(payload.length, 12);
  header.writeUInt32LE(checksumOf(payload), 16);
  header.writeUInt32LE((command ^ 0xffff_ffff) >>> 0, 20);
  return Buffer.concat([header, payload]);
}

/** A frame that no ADB peer sends: the link is closed, as adbd does. */
export class MalformedPacket extends RangeError {}

/** Cuts a byte stream into packets. Holds at most one frame; a header that lies is refused before its payload is awaited. */
export class PacketReader {
  #pending: Buffer = Buffer.alloc(0);

  /** The packets that are complete after these bytes. Throws MalformedPacket. */
  push(bytes: Buffer): Packet[] {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const packets: Packet[] = [];
    for (;;) {
      const packet = this.#take();
      if (!packet) return packets;
      packets.push(packet);
    }
  }

  #take(): Packet | null {
    const pending = this.#pending;
    if (pending.length < HEADER_LENGTH) return null;
    const word = (index: number): number => pending.readUInt32LE(index * 4);
    const [code, arg0, arg1, length, checksum, magic] = [word(0), word(1), word(2), word(3), word(4), word(5)];
    if (magic !== (code ^ 0xffff_ffff) >>> 0) throw new MalformedPacket('the magic does not fit the command');
    if (length > MAX_PAYLOAD) throw new MalformedPacket(`a payload of ${length} bytes`);
    if (pending.length < HEADER_LENGTH + length) return null;
    const payload = Buffer.from(pending.subarray(HEADER_LENGTH, HEADER_LENGTH + length));
    if (checksum !== 0 && checksum !== checksumOf(payload)) throw new MalformedPacket('the checksum does not fit');
    this.#pending = pending.subarray(HEADER_LENGTH + length);
    return { command: code, arg0, arg1, payload };
  }
}
