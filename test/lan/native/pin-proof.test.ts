import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PinProver, pairingContext, pinVerifier, verifyPin } from '../../../src/lan/native/pin-proof.js';

const page = readFileSync('docs/protocol.md', 'utf8');
const published = (name: string): string | undefined => new RegExp(`^ {4}${name} +([0-9a-f]+)$`, 'm').exec(page)?.[1];
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const parameters = { salt: Uint8Array.from({ length: 32 }, (_, index) => index), iterations: 10_000 };
const context = pairingContext('11'.repeat(32), '22'.repeat(32));
const x = BigInt(`0x${'01'.repeat(32)}`);
const y = BigInt(`0x${'02'.repeat(32)}`);

describe('the proof of a PIN', () => {
  it('is the one that the protocol publishes', async () => {
    const verifier = await pinVerifier('01234567', parameters);
    const prover = await PinProver.create('01234567', parameters, context, x);
    const device = await verifyPin(verifier, context, prover.share, y);
    const computer = await prover.finish(device.share);
    expect(verifier.w0.toString(16)).toBe(published('w0'));
    expect(hex(prover.share)).toBe(published('X'));
    expect(hex(device.share)).toBe(published('Y'));
    expect(hex(device.confirm)).toBe(published('device'));
    expect(hex(computer.confirm)).toBe(published('computer'));
    expect(hex(computer.expected)).toBe(published('device'));
    expect(hex(device.expected)).toBe(published('computer'));
  });

  it('differs with the PIN, and with the keys between which it is made', async () => {
    const verifier = await pinVerifier('01234567', parameters);
    const proof = async (pin: string, theirs: Uint8Array) => {
      const prover = await PinProver.create(pin, parameters, theirs);
      const device = await verifyPin(verifier, context, prover.share);
      const computer = await prover.finish(device.share);
      return hex(computer.confirm) === hex(device.expected) || hex(device.confirm) === hex(computer.expected);
    };
    expect(await proof('01234567', context)).toBe(true);
    expect(await proof('01234568', context)).toBe(false);
    expect(await proof('01234567', pairingContext('33'.repeat(32), '22'.repeat(32)))).toBe(false);
    expect(await proof('01234567', pairingContext('11'.repeat(32), '33'.repeat(32)))).toBe(false);
  });

  it('takes no share that is not a point of the curve', async () => {
    const verifier = await pinVerifier('01234567', parameters);
    const off = new Uint8Array(65).fill(4);
    await expect(verifyPin(verifier, context, off)).rejects.toThrow();
    const prover = await PinProver.create('01234567', parameters, context);
    await expect(prover.finish(off)).rejects.toThrow();
  });
});
