import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport } from '../src/core/ports/transport.js';

export interface TransportRig extends AsyncDisposable {
  readonly transport: Transport;
  readonly deviceId: string;
  /** A call that this device carries out. */
  readonly call: { readonly function: string; readonly args: Readonly<Record<string, string | number | boolean>> };
}

/** What every transport promises, whatever is behind it. */
export function describeTransport(name: string, open: () => Promise<TransportRig>): void {
  describe(`transport: ${name}`, () => {
    let rig: TransportRig;
    beforeEach(async () => {
      rig = await open();
    });
    afterEach(() => rig[Symbol.asyncDispose]());
    const invoke = (deviceId: string, signal: AbortSignal, functionName = rig.call.function) =>
      rig.transport.invoke(
        deviceId,
        { callId: 'c1', function: functionName, args: rig.call.args, contacts: {} },
        { key: 'key', signal, timeoutMs: 10_000 },
      );

    it('lists its devices, each with the functions that it offers', () => {
      const device = rig.transport.devices().find(({ id }) => id === rig.deviceId);
      expect(device).toMatchObject({ state: 'ready' });
      expect(device?.functions).toContain(rig.call.function);
    });

    it('carries out a call and says so', async () => {
      expect(await invoke(rig.deviceId, new AbortController().signal)).toMatchObject({ status: 'done' });
    });

    it('answers for a device or a function that it does not have, and never rejects', async () => {
      expect(await invoke('nobody:1', new AbortController().signal)).toMatchObject({ status: 'failed' });
      expect(await invoke(rig.deviceId, new AbortController().signal, 'no_such_function')).toMatchObject({
        status: 'failed',
      });
    });

    it('sends nothing for a call that is cancelled already', async () => {
      expect((await invoke(rig.deviceId, AbortSignal.abort())).status).toBe('refused');
    });

    it('finds nobody on a device that it does not have', async () => {
      const options = { signal: new AbortController().signal, timeoutMs: 1_000 };
      expect(await rig.transport.findContacts('nobody:1', 'Anna', options)).toMatchObject({ ok: false });
    });
  });
}
