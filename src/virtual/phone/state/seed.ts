/** What is on a new virtual phone. Everything a person or a test may want to look at, and nothing private. */
export interface SeedContact {
  readonly name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
}

export const seedContacts: readonly SeedContact[] = [
  { name: 'Anna Schmidt', phones: ['+15550100'], emails: ['anna@example.org'] },
  { name: 'Mom', phones: ['+15550101'], emails: ['mom@example.org'] },
  { name: 'Dad', phones: ['+15550102'], emails: ['dad@example.org'] },
  { name: 'Bob Miller', phones: ['+15550103'], emails: [] },
  { name: 'Bob Yang', phones: ['+15550104'], emails: ['bob.yang@example.org'] },
  { name: 'Priya Patel', phones: ['+15550105'], emails: ['priya@example.org'] },
  { name: 'Dr. Weber', phones: ['+15550106'], emails: [] },
  { name: 'Brent Stefanson', phones: ['+15550107'], emails: [] },
  { name: '李雷', phones: ['+8613800138000'], emails: [] },
  { name: '妈妈', phones: ['+8613800138001'], emails: [] },
  { name: 'Office', phones: [], emails: ['office@example.org'] },
];

export interface SeedPackage {
  readonly name: string;
  readonly label: string;
  readonly activity: string;
  readonly system: boolean;
}

export const seedPackages: readonly SeedPackage[] = [
  {
    name: 'com.google.android.apps.messaging',
    label: 'Messages',
    activity: '.ui.ConversationListActivity',
    system: true,
  },
  { name: 'com.google.android.dialer', label: 'Phone', activity: '.extensions.GoogleDialtactsActivity', system: true },
  {
    name: 'com.google.android.contacts',
    label: 'Contacts',
    activity: 'com.android.contacts.activities.PeopleActivity',
    system: true,
  },
  { name: 'com.google.android.deskclock', label: 'Clock', activity: 'com.android.deskclock.DeskClock', system: true },
  {
    name: 'com.google.android.calendar',
    label: 'Calendar',
    activity: 'com.android.calendar.AllInOneActivity',
    system: true,
  },
  { name: 'com.android.camera2', label: 'Camera', activity: 'com.android.camera.CameraLauncher', system: true },
  { name: 'com.android.settings', label: 'Settings', activity: '.Settings', system: true },
  { name: 'com.android.chrome', label: 'Chrome', activity: 'com.google.android.apps.chrome.Main', system: true },
  { name: 'com.google.android.gm', label: 'Gmail', activity: '.ConversationListActivityGmail', system: true },
  {
    name: 'com.google.android.youtube',
    label: 'YouTube',
    activity: '.app.honeycomb.Shell$HomeActivity',
    system: false,
  },
  {
    name: 'com.google.android.apps.maps',
    label: 'Maps',
    activity: 'com.google.android.maps.MapsActivity',
    system: true,
  },
  { name: 'com.google.android.googlequicksearchbox', label: 'Google', activity: '.SearchActivity', system: true },
  { name: 'com.google.android.apps.photos', label: 'Photos', activity: '.home.HomeActivity', system: true },
  { name: 'com.android.vending', label: 'Play Store', activity: '.AssetBrowserActivity', system: true },
  {
    name: 'com.google.android.calculator',
    label: 'Calculator',
    activity: 'com.android.calculator2.Calculator',
    system: true,
  },
  { name: 'com.spotify.music', label: 'Spotify', activity: '.MainActivity', system: false },
  { name: 'com.whatsapp', label: 'WhatsApp', activity: '.Main', system: false },
  { name: 'com.netflix.mediaclient', label: 'Netflix', activity: '.ui.launch.UIWebViewActivity', system: false },
];

export const seedSystemSettings: Readonly<Record<string, string>> = {
  screen_brightness: '128',
  screen_brightness_mode: '1',
  screen_off_timeout: '60000',
};

export const seedGlobalSettings: Readonly<Record<string, string>> = {
  wifi_on: '1',
  bluetooth_on: '1',
  zen_mode: '0',
  airplane_mode_on: '0',
  device_name: 'Pixel 8',
};

export const seedSecureSettings: Readonly<Record<string, string>> = {
  sms_default_application: 'com.google.android.apps.messaging',
  dialer_default_application: 'com.google.android.dialer',
  location_mode: '3',
};

/** Android versions by API level, as far as Tentacle commands them. */
const releases: Readonly<Record<number, string>> = {
  29: '10',
  30: '11',
  31: '12',
  32: '12',
  33: '13',
  34: '14',
  35: '15',
  36: '16',
};

/** What `getprop` tells. `ro.tentacle.virtual` says that this is no real phone. */
export function seedProperties(phone: {
  readonly serial: string;
  readonly apiLevel: number;
}): ReadonlyMap<string, string> {
  return new Map([
    ['ro.build.version.release', releases[phone.apiLevel] ?? String(phone.apiLevel - 20)],
    ['ro.build.version.sdk', String(phone.apiLevel)],
    ['ro.build.version.security_patch', '2026-10-05'],
    ['ro.product.manufacturer', 'Tentacle'],
    ['ro.product.model', 'Virtual Phone'],
    ['ro.product.name', 'virtual_phone'],
    ['ro.product.device', 'virtual'],
    ['ro.serialno', phone.serial],
    ['ro.tentacle.virtual', '1'],
    ['persist.sys.timezone', new Intl.DateTimeFormat().resolvedOptions().timeZone],
  ]);
}
