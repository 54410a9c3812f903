import type { DeviceState } from '../../core/device.js';
import type { Link } from '../link/link.js';
import type { PhoneFacts } from '../probe/phone-facts.js';

/** One way to one phone as it stands now. The same phone may have several. */
export interface Route {
  /** "usb", "127.0.0.1:5555": shown to the user. */
  readonly address: string;
  readonly state: DeviceState;
  /** Why it is not ready and what to do; null when ready. */
  readonly stateReason: string | null;
  /** What the phone said of itself when it was last reached over this way; null before it ever was. */
  readonly facts: PhoneFacts | null;
  /** Set exactly when ready. */
  readonly link: Link | null;
  /** The name to know it by while it has not said its serial. */
  readonly provisionalSerial: string;
  /** The model as the adb server lists it, for phones that cannot be asked. */
  readonly listedModel: string | null;
  /** Lower is better: a cable before the network. */
  readonly rank: number;
}

/** Finds phones and keeps the ways to them open. */
export interface RouteSource extends AsyncDisposable {
  routes(): readonly Route[];
  /** Starts looking. `onChange` is called after every change of the routes. */
  start(onChange: () => void): void;
  /** Resolves once the first look has ended, well or not. */
  readonly settled: Promise<void>;
  /** Tries again now whatever is waiting for its next try. */
  wake(): void;
}
