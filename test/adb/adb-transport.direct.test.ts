import { describePhone } from './phone-contract.js';
import { openRig } from './phone-rig.js';

describePhone('over direct TCP', () => openRig('direct TCP'));
