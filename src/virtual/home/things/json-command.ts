/** What a device makes of a command: the JSON value, or `{state: <word>}` for a bare word, as Zigbee2MQTT takes both. */
export function jsonOrWord(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return { state: payload };
  }
}
