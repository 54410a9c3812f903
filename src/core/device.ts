import { z } from 'zod';

export const deviceKindSchema = z.enum(['phone', 'home', 'car', 'computer']);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

/** What is known of a device's link right now. Only `ready` devices are sent calls. */
export const deviceStateSchema = z.enum(['ready', 'connecting', 'unauthorized', 'offline', 'unsupported']);
export type DeviceState = z.infer<typeof deviceStateSchema>;

/**
 * A device that can carry out calls.
 *
 * `id` is stable over reconnects and address changes (`adb:<serial>`), never an IP address alone. `functions` are the
 * catalogue names that this very device offers, after its capabilities were read. `virtual` marks devices that
 * Tentacle simulates: reports say so.
 */
export const deviceSchema = z.object({
  id: z.string().min(1),
  kind: deviceKindSchema,
  name: z.string().min(1),
  /** Other names a person may call it by: model, room, owner. */
  aliases: z.array(z.string()),
  room: z.string().nullable(),
  /**
   * What it is within its kind, in the field's word: "light", "thermostat", "lock", "blinds", "curtain", "garage", "vacuum",
   * "switch", "fan", "speaker", "tv", "smoke_detector", "sensor", "scenes"...; null where the kind says all.
   */
  deviceClass: z.string().nullable(),
  /** Names of groups it belongs to beyond its room: a floor, an area, a group of the user's. */
  groups: z.array(z.string()),
  transport: z.string(),
  address: z.string(),
  state: deviceStateSchema,
  /** Why it is not ready and what to do, in a sentence; null when ready. */
  stateReason: z.string().nullable(),
  virtual: z.boolean(),
  functions: z.array(z.string()),
  /** Facts worth showing: Android version, patch level, battery. */
  details: z.record(z.string(), z.string()),
});
export type Device = z.infer<typeof deviceSchema>;
