import { describePhone } from './phone-contract.js';
import { openRig } from './phone-rig.js';

describePhone("over Debian's adb server", () => openRig('adb server'));
