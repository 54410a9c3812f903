import {
  type SeedPackage,
  seedContacts,
  seedGlobalSettings,
  seedPackages,
  seedProperties,
  seedSecureSettings,
  seedSystemSettings,
} from './seed.js';
import { VirtualFiles } from './virtual-files.js';

export interface Contact {
  readonly id: number;
  readonly sourceId: string | null;
  name: string;
  phones: string[];
  emails: string[];
}

export interface TextMessage {
  readonly id: number;
  /** What became of it: `outbox` waits for the network, `failed` was given up, `chat` went over the internet. */
  readonly box: 'inbox' | 'sent' | 'outbox' | 'failed' | 'chat';
  readonly address: string;
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  /** Path of an attached picture: a multimedia message. */
  readonly attachment: string | null;
}

export interface Alarm {
  readonly hour: number;
  readonly minute: number;
  readonly label: string;
  enabled: boolean;
}

export interface Timer {
  readonly seconds: number;
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

export interface CalendarEvent {
  readonly id: number;
  readonly calendarId: number;
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly timeZone: string;
}

export interface Picture {
  readonly id: number;
  readonly path: string;
  /** Seconds since the epoch, as MediaStore counts. */
  readonly dateAdded: number;
  readonly camera: 'front' | 'back' | null;
}

export interface MediaSession {
  readonly packageName: string;
  query: string;
  track: number;
  state: 'playing' | 'paused' | 'stopped';
}

export interface CallLogEntry {
  readonly id: number;
  readonly number: string;
  readonly date: number;
}

export interface BluetoothDevice {
  readonly name: string;
  readonly address: string;
  connected: boolean;
}

/** What a phone shows in front: an app's screen, filled in by the intent that opened it. */
export interface Screen {
  readonly packageName: string;
  readonly activity: string;
  /** Which screen of the app it is: `composer`, `dialer`, `browser`... */
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Something that happened to the phone: counted by it, compared with what the sender intended. */
export interface Effect {
  readonly at: number;
  readonly kind: string;
  readonly detail: string;
}

/** Volume steps of Android's streams on a Pixel. */
const STREAMS: readonly {
  readonly id: number;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly start: number;
}[] = [
  { id: 0, name: 'STREAM_VOICE_CALL', min: 1, max: 7, start: 5 },
  { id: 1, name: 'STREAM_SYSTEM', min: 0, max: 7, start: 5 },
  { id: 2, name: 'STREAM_RING', min: 0, max: 7, start: 5 },
  { id: 3, name: 'STREAM_MUSIC', min: 0, max: 25, start: 10 },
  { id: 4, name: 'STREAM_ALARM', min: 1, max: 7, start: 6 },
  { id: 5, name: 'STREAM_NOTIFICATION', min: 0, max: 7, start: 5 },
];

export interface Volume {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  index: number;
}

const HOME: Screen = {
  packageName: 'com.google.android.apps.nexuslauncher',
  activity: '.NexusLauncherActivity',
  kind: 'home',
  fields: {},
};

export interface PhoneStateOptions {
  /** What its owner calls it. */
  readonly name: string;
  readonly serial: string;
  readonly apiLevel: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Everything a phone remembers that the shell user can see or change. Programs act on it; tests read it. */
export class PhoneState {
  readonly now: () => number;
  readonly files: VirtualFiles;
  readonly apiLevel: number;
  /** What `getprop` tells. */
  readonly properties: ReadonlyMap<string, string>;
  readonly contacts: Contact[] = [];
  readonly messages: TextMessage[] = [];
  readonly alarms: Alarm[] = [];
  readonly timers: Timer[] = [];
  readonly events: CalendarEvent[] = [];
  readonly pictures: Picture[] = [];
  readonly callLog: CallLogEntry[] = [];
  readonly packages: SeedPackage[] = [...seedPackages];
  readonly settings = {
    system: new Map(Object.entries(seedSystemSettings)),
    secure: new Map(Object.entries(seedSecureSettings)),
    global: new Map(Object.entries(seedGlobalSettings)),
  };
  readonly volumes = new Map<number, Volume>(
    STREAMS.map(({ id, name, min, max, start }) => [id, { name, min, max, index: start }]),
  );
  readonly bluetoothDevices: BluetoothDevice[] = [
    { name: 'JBL Flip 5', address: '00:11:22:33:44:55', connected: false },
    { name: 'AirPods Pro', address: '00:11:22:33:44:66', connected: false },
    { name: 'Car Stereo', address: '00:11:22:33:44:77', connected: false },
  ];
  readonly effects: Effect[] = [];
  readonly battery = { level: 81, charging: false };
  readonly location = { latitude: 52.520008, longitude: 13.404954, provider: 'fused' };
  session: MediaSession | null = null;
  /** 0 idle, 1 ringing, 2 off hook, as telephony counts. */
  callState = 0;
  callNumber = '';
  flashlight = false;
  isLocked = false;
  /** The lock asks for a PIN: only its owner opens it. */
  hasPin = false;
  isAwake = true;
  /** Something on the screen moves without end, so that no dump of it succeeds. */
  isAnimating = false;
  /** Where a message goes when Send is tapped. */
  network: 'sent' | 'outbox' | 'failed' | 'chat' = 'sent';
  /** The alarm or timer that is ringing aloud. */
  ringing: string | null = null;
  panel: 'quick-settings' | 'notifications' | null = null;
  #screens: Screen[] = [HOME];
  #nextId = 100;

  constructor(options: PhoneStateOptions) {
    this.now = options.now;
    this.apiLevel = options.apiLevel;
    this.properties = seedProperties(options);
    this.settings.global.set('device_name', options.name);
    this.files = new VirtualFiles(options.now);
    for (const contact of seedContacts) {
      this.contacts.push({
        id: this.newId(),
        sourceId: null,
        name: contact.name,
        phones: [...contact.phones],
        emails: [...contact.emails],
      });
    }
    this.addMessage({ box: 'inbox', address: '+15550101', body: 'Call me when you are home', attachment: null });
    this.addMessage({ box: 'inbox', address: '+15550100', body: 'Are we still on for tonight?', attachment: null });
  }

  newId(): number {
    return this.#nextId++;
  }

  record(kind: string, detail: string): void {
    this.effects.push({ at: this.now(), kind, detail });
  }

  get screen(): Screen {
    return this.#screens.at(-1) ?? HOME;
  }

  show(screen: Screen): void {
    this.#screens.push(screen);
    this.panel = null;
  }

  /** Leaves the screen in front; the home screen stays. */
  back(): void {
    if (this.panel) this.panel = null;
    else if (this.#screens.length > 1) this.#screens.pop();
  }

  goHome(): void {
    this.#screens = [HOME];
    this.panel = null;
  }

  addMessage(message: Omit<TextMessage, 'id' | 'date'>): TextMessage {
    const added = { ...message, id: this.newId(), date: this.now() };
    this.messages.push(added);
    if (message.box === 'sent' || message.box === 'chat')
      this.record(message.attachment ? 'mms-sent' : 'sms-sent', `${message.address}: ${message.body}`);
    return added;
  }

  addPicture(path: string, bytes: Buffer, camera: Picture['camera']): Picture {
    this.files.write(path, bytes);
    const picture = { id: this.newId(), path, dateAdded: Math.floor(this.now() / 1_000), camera };
    this.pictures.push(picture);
    return picture;
  }

  /** The next time the clock will ring, in milliseconds since the epoch, or null. */
  nextAlarm(): number | null {
    const times = this.alarms.filter((alarm) => alarm.enabled).map((alarm) => this.#occurrence(alarm));
    return times.length === 0 ? null : Math.min(...times);
  }

  #occurrence(alarm: Alarm): number {
    const now = this.now();
    const time = new Date(now);
    time.setHours(alarm.hour, alarm.minute, 0, 0);
    if (time.getTime() <= now) time.setDate(time.getDate() + 1);
    return time.getTime();
  }
}
