import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePacket, MAX_PAYLOAD, MalformedPacket, PacketReader } from '../../../src/virtual/phone/wire/packet.js';

const packets = fc.record({
  command: fc.integer({ min: 0, max: 0xffff_ffff }),
  arg0: fc.integer({ min: 0, max: 0xffff_ffff }),
  arg1: fc.integer({ min: 0, max: 0xffff_ffff }),
  payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

describe('ADB packets', () => {
  it('read what was written, cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(packets, { maxLength: 5 }),
        fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 50 }),
        (sent, cuts) => {
          const bytes = Buffer.concat(sent.map(encodePacket));
          const reader = new PacketReader();
          const read = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const step = 1 + (cuts[turn % cuts.length] ?? 0);
            read.push(...reader.push(bytes.subarray(at, at + step)));
            at += step;
          }
          expect(read).toEqual(sent);
        },
      ),
    );
  });

  it('refuse frames that no peer sends, and never hang on them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const reader = new PacketReader();
        try {
          reader.push(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacket);
        }
      }),
    );
  });

  it('refuse a length above the limit before its payload is awaited', () => {
    const header = encodePacket({ command: 0x4e584e43, arg0: 0, arg1: 0, payload: Buffer.alloc(0) });
    header.writeUInt32LE(MAX_PAYLOAD + 1, 12);
    expect(() => new PacketReader().push(header)).toThrow(MalformedPacket);
  });
});
