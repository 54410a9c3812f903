import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failed, handedOver, readBack, untrusted } from '../../core/outcomes.js';
import { queryContent } from '../android/content.js';
import { readScreen, wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import { phoneFailure } from '../failures.js';
import type { PhoneCall } from '../phone-call.js';

export const IMAGES = 'content://media/external/images/media';
const SCREENSHOTS = '/sdcard/Pictures/Screenshots';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const CAMERA_PATIENCE_MS = 5_000;
/** A night shot takes its time. */
const SHOT_PATIENCE_MS = 10_000;

/** Copies a file of the phone into the pictures folder of this computer and returns where it is. */
async function copyHere(call: PhoneCall, path: string): Promise<{ readonly path: string; readonly bytes: Buffer }> {
  const file = await call.readBytes('cat', path);
  if (file.exitCode !== 0 || file.stdout.length === 0) {
    throw phoneFailure(
      'PICTURE_UNREADABLE',
      'The picture is on the phone, and could not be copied.',
      'Look into its gallery.',
      file.stderr,
    );
  }
  const folder = call.surroundings.picturesFolder;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The name is the phone's word: only its last part, and only harmless characters, become a name here.
  const target = join(folder, basename(path).replace(/[^\w.-]/g, '_'));
  await writeFile(target, file.stdout, { mode: 0o600 });
  return { path: target, bytes: file.stdout };
}

/** The newest picture in the phone's media store: its id, or 0 when there is none. */
export async function newestPicture(call: PhoneCall): Promise<number> {
  const rows = await queryContent(call, { uri: IMAGES, numbers: ['_id'], sort: '_id DESC' });
  return rows[0]?.numbers[0] ?? 0;
}

export const takeScreenshot: PhoneFunction = async (call) => {
  await call.prepare('input', 'keyevent', 'KEYCODE_WAKEUP');
  const stamp = new Date(call.surroundings.clock.now())
    .toISOString()
    .replace(/[-:]/g, '')
    .replace('T', '-')
    .slice(0, 15);
  const path = `${SCREENSHOTS}/Screenshot_${stamp}.png`;
  await call.prepare('mkdir', '-p', SCREENSHOTS);
  const taken = await call.send('screencap', '-p', path);
  if (taken.exitCode !== 0)
    return failed(
      'SCREENSHOT_REFUSED',
      'The phone took no screenshot.',
      'The app in front may forbid it.',
      taken.stderr,
    );
  const copy = await copyHere(call, path);
  if (!copy.bytes.subarray(0, PNG.length).equals(PNG)) {
    return failed('SCREENSHOT_UNREADABLE', 'What the phone made is no picture.', 'Try again.');
  }
  // Without the scanner the phone's own apps would not see the file. Where it refuses, the picture is there all the same.
  await call.prepare('content', 'call', '--uri', 'content://media', '--method', 'scan_file', '--arg', path);
  return readBack(`${path}, copied to ${copy.path}`, { data: untrusted(path, copy.path, 'device') });
};

export const takeAPhoto: PhoneFunction = async (call) => {
  const isFront = call.text('camera') === 'front';
  if (!(await wakeScreen(call))) return handedOver('Unlock the phone and take the photo.', 'The phone is locked.');
  const newest = await newestPicture(call);
  const started = await startActivity(
    call,
    {
      action: 'android.media.action.STILL_IMAGE_CAMERA',
      // No official way: camera apps know one or the other of these names.
      extras: isFront
        ? [
            { type: 'int', name: 'android.intent.extras.CAMERA_FACING', value: 1 },
            { type: 'int', name: 'android.intent.extras.LENS_FACING_FRONT', value: 1 },
            { type: 'boolean', name: 'android.intent.extra.USE_FRONT_CAMERA', value: true },
          ]
        : [],
    },
    'prepare',
  );
  if (!started.ok) return started.outcome;
  const app = started.component?.split('/')[0] ?? null;
  const isOpen = await call.look(
    async () => ((await readScreen(call)).foreground === app ? true : null),
    CAMERA_PATIENCE_MS,
  );
  if (started.isChooser || !isOpen)
    return handedOver('Take the photo on the phone.', 'The camera did not come to the front.');
  // The app is in front before its shutter listens.
  await call.pause(SHUTTER_DELAY_MS);
  const outcome = await call.effect(
    async () => {
      await call.send('input', 'keyevent', 'KEYCODE_CAMERA');
    },
    () => newPhoto(call, newest, isFront),
    { patienceMs: SHOT_PATIENCE_MS },
  );
  return outcome ?? handedOver('Tap the shutter on the phone.', 'The camera is open and took no photo by itself.');
};

const SHUTTER_DELAY_MS = 300;

async function newPhoto(call: PhoneCall, after: number, isFront: boolean) {
  const rows = await queryContent(call, {
    uri: IMAGES,
    numbers: ['_id'],
    text: '_data',
    where: `_id>${after}`,
    sort: '_id DESC',
  });
  const path = rows[0]?.text;
  if (!path) return null;
  const copy = await copyHere(call, path);
  // Which lens it was is nowhere to be read: only the phone's owner sees it.
  const lens = isFront ? ' (front camera was asked for)' : '';
  return readBack(`${path}${lens}, copied to ${copy.path}`, { data: untrusted(path, copy.path, 'device') });
}
