import type { Device } from '../../../core/device.js';
import type { DeviceList } from '../../device-list.js';
import type { Endpoint } from '../link/endpoint.js';
import type { Entity } from './entity.js';
import { classOf, SCENE_DOMAINS } from './entity-class.js';
import {
  deviceIdOf,
  entityDevice,
  gatewayDevice,
  type Surroundings,
  scenesDevice,
  scenesIdOf,
} from './entity-device.js';
import type { Home } from './home.js';
import { isShown } from './registries.js';

export interface HomeDevicesOptions {
  readonly home: Home;
  readonly devices: DeviceList;
  readonly transport: string;
  readonly homeName: string;
  readonly endpoint: Endpoint;
  readonly virtual: boolean;
}

/** States change in bursts (all of them when Home Assistant starts): those who watch hear of one change for each. */
const BURST_MS = 50;

/** Keeps the device list as Home Assistant's entities, lists and reachability are. */
export class HomeDevices implements Disposable {
  readonly #options: HomeDevicesOptions;
  readonly #entityIds = new Map<string, string>();
  readonly #stop: () => void;
  #touched = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HomeDevicesOptions) {
    this.#options = options;
    this.#stop = options.home.store.watch((entityIds) => this.#touch(entityIds));
  }

  /** The entity behind a device of ours, or undefined. */
  entityOf(deviceId: string): Entity | undefined {
    const entityId = this.#entityIds.get(deviceId);
    return entityId === undefined ? undefined : this.#options.home.store.get(entityId);
  }

  isScenes(deviceId: string): boolean {
    return deviceId === scenesIdOf(this.#options.homeName);
  }

  scenes(): Entity[] {
    const { store } = this.#options.home;
    return [...store.all()].filter((entity) => SCENE_DOMAINS.has(entity.domain) && this.#isShown(entity));
  }

  /** Makes all devices anew. */
  rebuild(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#touched.clear();
    const { home, devices } = this.#options;
    const around = this.#surroundings();
    const all: Device[] = [gatewayDevice(this.#reach(), around)];
    this.#entityIds.clear();
    for (const entity of home.store.all()) {
      const device = this.#deviceOf(entity, around);
      if (!device) continue;
      this.#entityIds.set(device.id, entity.id);
      all.push(device);
    }
    const scenes = this.scenes();
    const functions =
      home.services.has('scene.turn_on') || home.services.has('script.turn_on') ? ['activate_scene'] : [];
    if (scenes.length > 0) all.push(scenesDevice(scenes, functions, around));
    devices.replace(home.link.state === 'ready' ? all : all.map((device) => ({ ...device, ...this.#reach() })));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #touch(entityIds: ReadonlySet<string>): void {
    for (const id of entityIds) this.#touched.add(id);
    this.#timer ??= setTimeout(() => this.#settle(), BURST_MS);
  }

  /** Most states say nothing new about a device: only where one does is the list made anew. */
  #settle(): void {
    this.#timer = undefined;
    if (this.#options.home.link.state !== 'ready') return;
    const touched = [...this.#touched];
    this.#touched = new Set();
    const around = this.#surroundings();
    if (touched.some((entityId) => this.#isChanged(entityId, around))) this.rebuild();
  }

  #isChanged(entityId: string, around: Surroundings): boolean {
    const { home, devices } = this.#options;
    const entity = home.store.get(entityId);
    const known = devices.get(deviceIdOf(entityId, home.registries));
    if (entity && SCENE_DOMAINS.has(entity.domain)) {
      const shown = devices.get(scenesIdOf(this.#options.homeName));
      const now = shown && scenesDevice(this.scenes(), shown.functions, around);
      return JSON.stringify(now) !== JSON.stringify(shown) || !shown;
    }
    const device = entity ? this.#deviceOf(entity, around) : null;
    return JSON.stringify(device ?? undefined) !== JSON.stringify(known);
  }

  #deviceOf(entity: Entity, around: Surroundings): Device | null {
    const kind = this.#isShown(entity) ? classOf(entity, this.#options.home.services) : null;
    return kind ? entityDevice(entity, kind, around) : null;
  }

  #isShown(entity: Entity): boolean {
    return isShown(this.#options.home.entry(entity.id));
  }

  #surroundings(): Surroundings {
    const { home, transport, homeName, endpoint, virtual } = this.#options;
    const { registries, version } = home;
    const { shown: address, warning } = endpoint;
    return { transport, homeName, address, version, virtual, warning, registries };
  }

  #reach(): Pick<Device, 'state' | 'stateReason'> {
    const { link } = this.#options.home;
    if (link.state === 'ready') return { state: 'ready', stateReason: null };
    return { state: link.state, stateReason: `${link.failure.message} ${link.failure.next}` };
  }
}
