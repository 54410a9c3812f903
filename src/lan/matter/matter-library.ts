import type { Specifier } from '@matter/main/protocol';

/**
 * The parts of @matter/main that a controller needs: the one place that imports it. Loaded when the first Matter device is
 * looked for: it is large (140 MB on disk, a second to read).
 *
 * Rejects with whatever the library throws while it is read, for example for a broken ~/.matter/config.json.
 */
export async function loadMatter() {
  const [main, protocol, types, behaviors] = await Promise.all([
    import('@matter/main'),
    import('@matter/main/protocol'),
    import('@matter/main/types'),
    import('@matter/main/behaviors'),
  ]);
  const { vars } = main.Environment.default;
  // Signals and the exit code belong to this program.
  vars.set('runtime.signals', false);
  vars.set('runtime.exitcode', false);
  main.Logger.level = main.LogLevel.FATAL;
  const clusters: Readonly<Record<ClusterName, Specifier.ClusterLike>> = {
    administratorCommissioning: behaviors.AdministratorCommissioningClient.cluster,
    basicInformation: behaviors.BasicInformationClient.cluster,
    bridgedDeviceBasicInformation: behaviors.BridgedDeviceBasicInformationClient.cluster,
    onOff: behaviors.OnOffClient.cluster,
    levelControl: behaviors.LevelControlClient.cluster,
    colorControl: behaviors.ColorControlClient.cluster,
    thermostat: behaviors.ThermostatClient.cluster,
    temperatureMeasurement: behaviors.TemperatureMeasurementClient.cluster,
    doorLock: behaviors.DoorLockClient.cluster,
    windowCovering: behaviors.WindowCoveringClient.cluster,
    fanControl: behaviors.FanControlClient.cluster,
    rvcRunMode: behaviors.RvcRunModeClient.cluster,
    rvcOperationalState: behaviors.RvcOperationalStateClient.cluster,
    smokeCoAlarm: behaviors.SmokeCoAlarmClient.cluster,
  };
  return { ...types, ...protocol, ...main, clusters };
}

export type MatterLibrary = Awaited<ReturnType<typeof loadMatter>>;

/** Clusters that Tentacle reads and commands, as the library calls them. */
export type ClusterName =
  | 'administratorCommissioning'
  | 'basicInformation'
  | 'bridgedDeviceBasicInformation'
  | 'onOff'
  | 'levelControl'
  | 'colorControl'
  | 'thermostat'
  | 'temperatureMeasurement'
  | 'doorLock'
  | 'windowCovering'
  | 'fanControl'
  | 'rvcRunMode'
  | 'rvcOperationalState'
  | 'smokeCoAlarm';

/** The controller's own node: what holds the fabric and knows the devices. */
export type ServerNode = InstanceType<MatterLibrary['ServerNode']>;
export type ClientNode = InstanceType<MatterLibrary['ClientNode']>;
export type Endpoint = InstanceType<MatterLibrary['Endpoint']>;
