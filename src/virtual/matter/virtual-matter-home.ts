import { z } from 'zod';
import { behaviorsOf, vacuumStates, vacuumTags } from './behaviors.js';
import { type MatterFault, MatterFaults } from './faults.js';
import { loadMatter, type MatterLibrary } from './matter-library.js';

export interface VirtualMatterOptions {
  /** Where it keeps its fabrics; without one it forgets them when it ends. */
  readonly folder?: string;
  /** UDP port; 5540 by custom. */
  readonly port?: number;
  readonly name?: string;
  /** 1..99999998, and none of the trivial ones. */
  readonly passcode?: number;
  /** 0..4095. */
  readonly discriminator?: number;
  /** A label "room" on each of its things, as makers' apps write them. */
  readonly withRooms?: boolean;
}

/** How it is shared: the printed number and the text of the QR code. */
export interface ShareCodes {
  readonly manual: string;
  readonly qr: string;
}

const attributesSchema = z.record(z.string(), z.unknown());

/**
 * A bridge with one virtual device of each kind that Tentacle commands over Matter. It speaks the real protocol over IPv6 and
 * multicast DNS, with the library's test certificates: it can be commissioned by any controller that accepts these.
 */
export class VirtualMatterHome implements AsyncDisposable {
  readonly codes: ShareCodes;
  readonly #node: VirtualNode;
  readonly #things: Awaited<ReturnType<typeof addThings>>;
  readonly #faults: MatterFaults;

  private constructor(node: VirtualNode, things: Awaited<ReturnType<typeof addThings>>, faults: MatterFaults) {
    this.#node = node;
    this.#things = things;
    this.#faults = faults;
    const { manualPairingCode, qrPairingCode } = node.state.commissioning.pairingCodes;
    this.codes = { manual: manualPairingCode, qr: qrPairingCode };
  }

  /** Resolves when it can be found in the network. */
  static async open(options: VirtualMatterOptions = {}): Promise<VirtualMatterHome> {
    const matter = await loadMatter();
    const faults = new MatterFaults();
    const node = await createNode(matter, options);
    const things = await addThings(matter, node, faults, options.withRooms ?? false);
    await node.start();
    return new VirtualMatterHome(node, things, faults);
  }

  /** The names of its things. */
  names(): readonly string[] {
    return [...this.#things.keys()];
  }

  set fault(fault: MatterFault) {
    this.#faults.current = fault;
  }

  /** The attributes of one cluster of a thing as they are now. */
  attributes(name: string, cluster: string): Record<string, unknown> {
    return attributesSchema.parse({ ...this.#things.get(name)?.maybeStateOf(cluster) });
  }

  /** Changes a thing by hand: somebody turns the knob. */
  async change(name: string, cluster: string, attributes: Record<string, unknown>): Promise<void> {
    await this.#things.get(name)?.setStateOf(cluster, attributes);
  }

  get isCommissioned(): boolean {
    return this.#node.lifecycle.isCommissioned;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#node.close();
  }
}

type VirtualNode = Awaited<ReturnType<typeof createNode>>;

function createNode(matter: MatterLibrary, options: VirtualMatterOptions) {
  const { name = 'Virtual Matter home', passcode = 20202021, discriminator = 3840, port = 5540, folder } = options;
  const { vars } = matter.Environment.default;
  vars.set('runtime.signals', false);
  vars.set('runtime.exitcode', false);
  matter.Logger.level = matter.LogLevel.ERROR;
  const environment = new matter.Environment('virtual', matter.Environment.default);
  if (folder === undefined) environment.set(matter.StorageService, memoryStorage(matter, environment));
  else vars.set('storage.path', folder);
  return matter.ServerNode.create({
    id: 'virtual-matter-home',
    environment,
    network: { port },
    commissioning: { passcode, discriminator },
    productDescription: { name, deviceType: matter.AggregatorEndpoint.deviceType },
    basicInformation: {
      vendorName: 'Tentacle',
      vendorId: matter.VendorId(0xfff1),
      productName: name,
      productLabel: name,
      productId: 0x8000,
      nodeLabel: name,
      serialNumber: 'virtual-1',
      uniqueId: 'virtual-1',
    },
  });
}

function memoryStorage(matter: MatterLibrary, environment: InstanceType<MatterLibrary['Environment']>) {
  class MemoryStorage extends matter.StorageService {
    override get hasFilesystem(): boolean {
      return false;
    }
    override open() {
      return super.open(new matter.DataNamespace('virtual'));
    }
  }
  const storage = new MemoryStorage(environment);
  storage.registerDriver(matter.MemoryStorageDriver);
  storage.defaultDriver = matter.MemoryStorageDriver.id;
  return storage;
}

/** Puts one thing of each kind behind the bridge. */
async function addThings(matter: MatterLibrary, node: VirtualNode, faults: MatterFaults, withRooms: boolean) {
  const { Switch, Lock, Cover, Vacuum, RunMode, Fan } = behaviorsOf(matter, faults);
  const bridge = await node.add(matter.AggregatorEndpoint, { id: 'bridge' });
  const bridged = matter.BridgedDeviceBasicInformationServer;
  const labelled = matter.FixedLabelServer;
  const named = (name: string, room: string) => ({
    bridgedDeviceBasicInformation: { nodeLabel: name, productName: `Virtual ${name.toLowerCase()}`, reachable: true },
    fixedLabel: { labelList: withRooms ? [{ label: 'room', value: room }] : [] },
  });
  const lamp = await bridge.add(
    matter.ExtendedColorLightDevice.with(
      bridged,
      labelled,
      Switch,
      matter.ColorControlServer.with('HueSaturation', 'Xy', 'ColorTemperature'),
    ),
    {
      id: 'lamp',
      ...named('Reading lamp', 'Living room'),
      levelControl: { currentLevel: 254 },
      colorControl: {
        colorTempPhysicalMinMireds: 153,
        colorTempPhysicalMaxMireds: 500,
        coupleColorTempToLevelMinMireds: 153,
        colorTemperatureMireds: 300,
        startUpColorTemperatureMireds: 300,
        colorMode: 2,
        enhancedColorMode: 2,
      },
    },
  );
  const bulb = await bridge.add(matter.DimmableLightDevice.with(bridged, labelled, Switch), {
    id: 'bulb',
    ...named('Hall light', 'Hall'),
    levelControl: { currentLevel: 254 },
  });
  const plug = await bridge.add(matter.OnOffPlugInUnitDevice.with(bridged, labelled, Switch), {
    id: 'plug',
    ...named('Coffee machine', 'Kitchen'),
  });
  const thermostat = await bridge.add(
    matter.ThermostatDevice.with(bridged, labelled, matter.ThermostatServer.with('Heating', 'Cooling')),
    {
      id: 'thermostat',
      ...named('Heating', 'Living room'),
      thermostat: {
        controlSequenceOfOperation: 4,
        systemMode: 4,
        externalMeasuredIndoorTemperature: 2_050,
        localTemperature: 2_050,
        occupiedHeatingSetpoint: 2_000,
        occupiedCoolingSetpoint: 2_600,
        minHeatSetpointLimit: 700,
        maxHeatSetpointLimit: 3_000,
        absMinHeatSetpointLimit: 700,
        absMaxHeatSetpointLimit: 3_000,
      },
    },
  );
  const lock = await bridge.add(matter.DoorLockDevice.with(bridged, labelled, Lock), {
    id: 'lock',
    ...named('Front door', 'Hall'),
    doorLock: {
      lockState: 2,
      lockType: 0,
      actuatorEnabled: true,
      operatingMode: 0,
    },
  });
  const cover = await bridge.add(matter.WindowCoveringDevice.with(bridged, labelled, Cover), {
    id: 'cover',
    ...named('Blinds', 'Bedroom'),
    windowCovering: { type: 0, endProductType: 0, currentPositionLiftPercent100ths: 10_000 },
  });
  const vacuum = await bridge.add(matter.RoboticVacuumCleanerDevice.with(bridged, labelled, Vacuum, RunMode), {
    id: 'vacuum',
    ...named('Robbie', 'Hall'),
    rvcRunMode: {
      supportedModes: [
        { label: 'Idle', mode: 0, modeTags: [{ value: vacuumTags.idle }] },
        { label: 'Cleaning', mode: 1, modeTags: [{ value: vacuumTags.cleaning }] },
      ],
      currentMode: 0,
    },
    rvcOperationalState: {
      operationalStateList: Object.values(vacuumStates).map((operationalStateId) => ({ operationalStateId })),
      operationalState: vacuumStates.docked,
      phaseList: null,
      currentPhase: null,
      operationalError: { errorStateId: 0 },
    },
  });
  const fan = await bridge.add(matter.FanDevice.with(bridged, labelled, Fan), {
    id: 'fan',
    ...named('Ceiling fan', 'Bedroom'),
    fanControl: { fanMode: 0, fanModeSequence: 0, percentSetting: 0, percentCurrent: 0 },
  });
  const thermometer = await bridge.add(matter.TemperatureSensorDevice.with(bridged, labelled), {
    id: 'thermometer',
    ...named('Balcony', 'Balcony'),
    temperatureMeasurement: { measuredValue: 1_230, minMeasuredValue: -4_000, maxMeasuredValue: 6_000 },
  });
  const alarm = await bridge.add(
    matter.SmokeCoAlarmDevice.with(bridged, labelled, matter.SmokeCoAlarmServer.with('SmokeAlarm', 'CoAlarm')),
    { id: 'alarm', ...named('Smoke alarm', 'Hall') },
  );
  return new Map<string, Thing>([
    ['Reading lamp', lamp],
    ['Hall light', bulb],
    ['Coffee machine', plug],
    ['Heating', thermostat],
    ['Front door', lock],
    ['Blinds', cover],
    ['Robbie', vacuum],
    ['Ceiling fan', fan],
    ['Balcony', thermometer],
    ['Smoke alarm', alarm],
  ]);
}

/** What is asked of an endpoint, whatever its type. */
interface Thing {
  maybeStateOf(cluster: string): object | undefined;
  setStateOf(cluster: string, attributes: Record<string, unknown>): Promise<void>;
}
