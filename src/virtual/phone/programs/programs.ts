import type { ProgramTable } from '../shell/program.js';
import { am } from './am.js';
import { screencap } from './camera.js';
import { cmd } from './cmd.js';
import { content } from './content.js';
import { dumpsys } from './dumpsys.js';
import { input, wm } from './input.js';
import { getprop, pm } from './packages.js';
import { svc } from './radio.js';
import { settings } from './settings.js';
import { toybox } from './toybox.js';
import { uiautomator } from './uiautomator.js';

/** Everything on the phone's path. */
export const programs: ProgramTable = {
  ...toybox,
  am,
  cmd,
  content,
  dumpsys,
  getprop,
  input,
  pm,
  screencap,
  settings,
  svc,
  uiautomator,
  wm,
};
