import { ok, type Result } from '../../../core/result.js';
import type { Target } from '../body/car-body.js';
import type { CarFaults } from '../faults.js';
import type { SignalStore, StoredSignal } from '../signal-store.js';
import { fromWire } from '../vss/wire-value.js';
import type { ActuateRequest, SignalId } from './messages.js';
import { denied, invalid, notFound, type Refusal, unavailable } from './refusal.js';

const MAX_PATH = 1_000;

/** Finds signals for callers and says what they may do with them, in the databroker's order of checks. */
export class SignalAccess {
  readonly #store: SignalStore;
  readonly #faults: CarFaults;

  constructor(store: SignalStore, faults: CarFaults) {
    this.#store = store;
    this.#faults = faults;
  }

  all(): readonly StoredSignal[] {
    return this.#store.signals.filter(({ path }) => !this.#faults.isMissing(path));
  }

  find(id: SignalId): Result<StoredSignal, Refusal> {
    if (id?.path !== undefined && id.path.length > MAX_PATH) return invalid('The provided path is too long');
    if (id?.path === undefined && id?.id === undefined) return invalid('No SignalId provided');
    const signal = id.path === undefined ? this.#store.byId(id.id ?? -1) : this.#store.byPath(id.path);
    if (!signal || this.#faults.isMissing(signal.path)) return notFound('Path not found');
    return ok(signal);
  }

  findAll(ids: readonly SignalId[]): Result<readonly StoredSignal[], Refusal> {
    const signals: StoredSignal[] = [];
    for (const id of ids) {
      const found = this.find(id);
      if (!found.ok) return found;
      signals.push(found.value);
    }
    return ok(signals);
  }

  readable(id: SignalId): Result<StoredSignal, Refusal> {
    const found = this.find(id);
    if (found.ok && this.#faults.isDenied(found.value.path, 'read')) return denied('Permission denied');
    return found;
  }

  isHidden(path: string): boolean {
    return this.#faults.isDenied(path, 'read');
  }

  isUnwritable(path: string): boolean {
    return this.#faults.isDenied(path, 'actuate');
  }

  /** What a request to actuate asks for, if the signal takes it. */
  target({ signal_id, value }: ActuateRequest): Result<Target, Refusal> {
    if (!value) return invalid('No value provided');
    const found = this.find(signal_id);
    if (!found.ok) return found;
    const signal = found.value;
    if (this.#faults.isDenied(signal.path, 'actuate')) return denied(`Permission denied for ${signal.path}`);
    if (signal.entry !== 'actuator') return invalid(`Tried to set a value for a non-actuator: ${signal.path}`);
    const checked = fromWire(signal, value);
    if (!checked.ok) return invalid(checked.error);
    if (this.#faults.isWithoutProvider(signal.path)) return unavailable(`Provider for ${signal.path} does not exist`);
    return ok({ path: signal.path, value: checked.value });
  }
}
