import { z } from 'zod';

/** A short name, unique among the connections, by which a person speaks of one: "home", "car". */
export const connectionNameSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u);

const common = { id: z.uuid(), name: connectionNameSchema, addedAt: z.number().int() };

/**
 * A way to devices that the user added: a broker, a hub, a car, a server. Secrets are not part of it: the secret store
 * keeps them under the connection's id.
 */
export const connectionSchema = z.discriminatedUnion('type', [
  /** An Android phone reached without an adb server; `address` is "host:port" of its adbd. */
  z.object({ ...common, type: z.literal('phone'), address: z.string() }),
  /** A home behind an MQTT broker (mqtt:// or mqtts://) with Home Assistant's discovery. */
  z.object({ ...common, type: z.literal('mqtt'), url: z.string(), username: z.string().nullable() }),
  /** Home Assistant (http:// or https://); its secret is a long-lived access token. */
  z.object({ ...common, type: z.literal('homeassistant'), url: z.string() }),
  /** A car that serves kuksa.val.v2 over gRPC at "host:port"; its secret is a bearer token, if it wants one. */
  z.object({
    ...common,
    type: z.literal('kuksa'),
    address: z.string(),
    tls: z.boolean(),
    caFile: z.string().nullable(),
  }),
  /** A car with an OVMS module, over its MQTT broker. */
  z.object({
    ...common,
    type: z.literal('ovms'),
    url: z.string(),
    username: z.string().nullable(),
    vehicle: z.string(),
  }),
  /** A Matter device that was commissioned with a share code. */
  z.object({ ...common, type: z.literal('matter'), nodeId: z.string() }),
  /** Any MCP server: over HTTP, or a program on this computer. */
  z.object({
    ...common,
    type: z.literal('mcp'),
    server: z.union([z.object({ url: z.string() }), z.object({ command: z.string(), arguments: z.array(z.string()) })]),
  }),
]);
export type Connection = z.infer<typeof connectionSchema>;
export type ConnectionType = Connection['type'];
