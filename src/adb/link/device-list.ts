/** What the adb server says of one device; other words of newer servers are kept as `unknown`. */
export type ListedState =
  | 'device'
  | 'unauthorized'
  | 'authorizing'
  | 'offline'
  | 'connecting'
  | 'no-permissions'
  | 'other-mode'
  | 'unknown';

export interface ListedDevice {
  /** The server's name for it: a USB serial, "host:port", "adb-...._adb-tls-connect._tcp". */
  readonly serial: string;
  readonly state: ListedState;
  /** The server's own words for the state, for a person. */
  readonly said: string;
  readonly transportId: bigint | null;
  readonly model: string | null;
}

const states: Readonly<Record<string, ListedState>> = {
  device: 'device',
  unauthorized: 'unauthorized',
  authorizing: 'authorizing',
  offline: 'offline',
  connecting: 'connecting',
  // A phone in one of these runs no Android that could be commanded.
  bootloader: 'other-mode',
  recovery: 'other-mode',
  rescue: 'other-mode',
  sideload: 'other-mode',
  host: 'other-mode',
};

/** Longest list that is read, in lines: a server that says more is not an adb server. */
const MAX_LINES = 1_000;

/**
 * Parses the answer to `host:devices-l` or `host:track-devices-l`. Tango's own parser drops or throws at devices that are
 * connecting or not permitted (their state holds spaces and brackets); these are the ones a person needs to hear of. Lines
 * that make no sense are left out.
 */
export function parseDeviceList(text: string): readonly ListedDevice[] {
  return text
    .split('\n')
    .slice(0, MAX_LINES)
    .flatMap((line) => {
      // The server pads the serial to 22 characters; a serial that could not be read is printed as "(no serial number)".
      const match = /^(\(no serial number\)|\S+)\s+(.+)$/.exec(line.replace(/[\r\0]/g, ''));
      if (!match?.[1] || !match[2]) return [];
      const rest = match[2];
      const said = rest.startsWith('no permissions')
        ? rest.replace(/\s+(?:usb:|product:|model:|device:|transport_id:).*$/, '')
        : (rest.split(/\s+/)[0] ?? '');
      const state = said.startsWith('no permissions') ? 'no-permissions' : (states[said] ?? 'unknown');
      const transport = /(?:^|\s)transport_id:(\d{1,18})(?:\s|$)/.exec(rest)?.[1];
      const model = /(?:^|\s)model:(\S+)/.exec(rest)?.[1];
      return [
        {
          serial: match[1],
          state,
          said,
          transportId: transport === undefined ? null : BigInt(transport),
          model: model ?? null,
        },
      ];
    });
}

/** Whether the server reaches it over a network ("host:port" or an mDNS service name), rather than by USB. */
export function isNetworkSerial(serial: string): boolean {
  return /:\d{1,5}$/.test(serial) || serial.includes('._tcp');
}

/** The host of a network serial or "host:port" that is this machine itself, which no stranger can reach through. */
export function isLoopback(serial: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]|::1)(?::\d+)?$/.test(serial) || /^emulator-\d+$/.test(serial);
}
