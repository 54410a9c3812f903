import { deflateSync } from 'node:zlib';
import { SCREEN_HEIGHT, SCREEN_WIDTH } from '../screens/control.js';
import { currentScreen } from '../screens/current-screen.js';
import type { Program } from '../shell/program.js';
import type { PhoneState, Picture } from '../state/phone-state.js';
import { SAMPLE_PHOTO } from './sample-photo.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** Takes a picture with the camera that is open, and keeps it where Android's camera does. */
export function takePicture(state: PhoneState): Picture {
  const time = new Date(state.now());
  const date = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
  const stamp = `${date}_${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
  const used = state.pictures.filter(({ path }) => path.includes(stamp)).length;
  const path = `/sdcard/DCIM/Camera/IMG_${stamp}${used === 0 ? '' : `_${used}`}.jpg`;
  const camera = state.screen.fields.camera === 'front' ? 'front' : 'back';
  const picture = state.addPicture(path, SAMPLE_PHOTO, camera);
  state.record('photo', `${camera} ${path}`);
  return picture;
}

/** One pixel of the picture for this many of the screen. */
const SCALE = 10;

/** The screen as a PNG: its controls as rectangles on a plain ground. A dark screen is black. */
export function screenPicture(state: PhoneState): Buffer {
  const [width, height] = [SCREEN_WIDTH / SCALE, SCREEN_HEIGHT / SCALE];
  // Every row starts with its filter: 0, none.
  const pixels = Buffer.alloc((width + 1) * height, state.isAwake ? 0xf4 : 0x00);
  for (let row = 0; row < height; row += 1) pixels[row * (width + 1)] = 0;
  const controls = state.isAwake ? currentScreen(state) : [];
  controls.forEach(({ bounds }, index) => {
    const [left, top, right, bottom] = bounds.map((edge) => Math.floor(edge / SCALE)) as [
      number,
      number,
      number,
      number,
    ];
    const shade = 0x60 + ((index * 0x18) % 0x70);
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y += 1) {
      pixels.fill(shade, y * (width + 1) + 1 + Math.max(0, left), y * (width + 1) + 1 + Math.min(width, right));
    }
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of grey.
  header.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The check sum of PNG chunks (polynomial 0xedb88320). */
function crc32(bytes: Buffer): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  }
  return (sum ^ 0xffff_ffff) >>> 0;
}

/** `screencap -p [file]` */
export const screencap: Program = ({ state, args, out, err }) => {
  const path = args.find((word) => !word.startsWith('-'));
  const picture = screenPicture(state);
  if (path === undefined) {
    out(picture);
    return 0;
  }
  if (!state.files.isWritable(path)) {
    err(`Error opening file: ${path} (Permission denied)\n`);
    return 1;
  }
  state.files.write(path, picture);
  state.record('screenshot', path);
  return 0;
};
