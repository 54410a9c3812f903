import type { Device } from '../core/device.js';

/** The devices of one transport as they are now, and who wants to hear of changes. */
export class DeviceList {
  readonly #devices = new Map<string, Device>();
  readonly #listeners = new Set<(devices: readonly Device[]) => void>();

  all(): readonly Device[] {
    return [...this.#devices.values()];
  }

  get(id: string): Device | undefined {
    return this.#devices.get(id);
  }

  /** Takes a device in, or replaces what was known of it. */
  set(device: Device): void {
    this.#devices.set(device.id, device);
    this.#tell();
  }

  /** Replaces all devices at once: one change for those who watch. */
  replace(devices: readonly Device[]): void {
    this.#devices.clear();
    for (const device of devices) this.#devices.set(device.id, device);
    this.#tell();
  }

  /** Changes some facts of a device that is known; nothing happens for any other. */
  change(id: string, facts: Partial<Omit<Device, 'id'>>): void {
    const known = this.#devices.get(id);
    if (known) this.set({ ...known, ...facts });
  }

  delete(id: string): void {
    if (this.#devices.delete(id)) this.#tell();
  }

  /** Calls back on every change, with all devices, until the returned function is called. */
  watch(listener: (devices: readonly Device[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nobody hears of changes any more. */
  close(): void {
    this.#listeners.clear();
  }

  #tell(): void {
    const devices = this.all();
    for (const listener of [...this.#listeners]) listener(devices);
  }
}
