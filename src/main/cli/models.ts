import type { Failure } from '../../core/failure.js';
import { type FileModel, isSameName, type ModelEntry } from '../../model/store/model-entry.js';
import { fileState } from '../../model/store/verify-model-file.js';
import { modelStore } from '../current-planner.js';
import { addModel } from './add-model.js';
import { Consent } from './consent.js';
import { type ExitCode, exitCode } from './exit-code.js';
import type { LineReader } from './line-reader.js';
import type { AddModelOptions, ModelCommands } from './models-program.js';
import { Notice } from './notice.js';
import { type ModelRow, renderModels } from './render-models.js';
import type { Terminal } from './terminal.js';

/** What a models command that did not end well exits with; what is not here means that no model can be used. */
export const modelExitCodes: Readonly<Record<string, ExitCode>> = {
  MODEL_UNKNOWN: exitCode.usage,
  MODEL_NAME_TAKEN: exitCode.usage,
  MODEL_EMBEDDED: exitCode.usage,
  MODEL_FILE_MISSING: exitCode.usage,
  BAD_MODEL_NAME: exitCode.usage,
  BAD_MODEL_OPTIONS: exitCode.usage,
  BAD_MODEL_URL: exitCode.usage,
  BAD_MODEL_MIRROR: exitCode.usage,
  NOT_CONFIRMED: exitCode.notDone,
  MODEL_NOT_GGUF: exitCode.notDone,
  MODEL_TRUNCATED: exitCode.notDone,
  MODEL_PROFILE_UNKNOWN: exitCode.notDone,
  MODEL_WRONG_HASH: exitCode.notDone,
  DOWNLOAD_UNREACHABLE: exitCode.notDone,
  DOWNLOAD_NOT_FOUND: exitCode.notDone,
  DOWNLOAD_REFUSED: exitCode.notDone,
  DOWNLOAD_REDIRECT: exitCode.notDone,
  DOWNLOAD_EXISTS: exitCode.notDone,
  DOWNLOAD_TOO_LARGE: exitCode.notDone,
  DOWNLOAD_NO_SPACE: exitCode.notDone,
  DOWNLOAD_NOT_WRITTEN: exitCode.notDone,
  DOWNLOAD_STALLED: exitCode.notDone,
  DOWNLOAD_CUT: exitCode.notDone,
  DOWNLOAD_WRONG_HASH: exitCode.notDone,
};

export interface ModelsConsole {
  readonly out: Terminal;
  readonly err: Terminal;
  readonly reader: LineReader;
  readonly signal: AbortSignal;
  readonly fail: (failure: Failure) => void;
}

/** `tentacle models ...`. Lists go to standard output, everything else that is said to standard error. */
export class ModelsCli implements ModelCommands {
  readonly #console: ModelsConsole;
  readonly #store = modelStore();

  constructor(console: ModelsConsole) {
    this.#console = console;
  }

  list(options: { json: boolean }): Promise<void> {
    return this.#run(async () => {
      const listed = await this.#store.list();
      if (!listed.ok) return listed.error;
      const { embedded, models, current } = listed.value;
      const rows: ModelRow[] = [{ ...embedded, current: current === null, state: 'ready' }];
      for (const model of models) rows.push({ ...model, current: model.name === current, state: await stateOf(model) });
      const { out, err } = this.#console;
      out.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : renderModels(rows, out));
      if (process.env.TENTACLE_MODEL) err.write('TENTACLE_MODEL is set: while it is, that model plans.\n');
      return null;
    });
  }

  use(name: string): Promise<void> {
    return this.#run(async () => {
      using _notice = new Notice(this.#console.err, 'Checking the file');
      const used = await this.#store.use(name, this.#console.signal);
      if (!used.ok) return used.error;
      this.#console.err.write(`${name} plans from now on.\n`);
      return null;
    });
  }

  add(what: string, options: AddModelOptions): Promise<void> {
    return this.#run(async () => {
      const { out, err, signal } = this.#console;
      return addModel(what, options, { store: this.#store, consent: this.#consent(options.yes), out, err, signal });
    });
  }

  remove(name: string, options: { yes: boolean }): Promise<void> {
    return this.#run(async () => {
      const { err } = this.#console;
      const before = await this.#store.current();
      const removed = await this.#store.remove(name);
      if (!removed.ok) return removed.error;
      const entry = removed.value;
      const wasCurrent = before.ok && before.value !== null && isSameName(before.value.name, entry.name);
      err.write(`${entry.name} is forgotten.${wasCurrent ? ' The embedded model plans from now on.' : ''}\n`);
      if (entry.kind === 'file') await this.#dealWithFile(entry, options.yes);
      return null;
    });
  }

  /** A file that was the user's before stays; one that was downloaded goes if the user says so. */
  async #dealWithFile(entry: FileModel, yes: boolean): Promise<void> {
    const { err } = this.#console;
    const deletable = this.#store.isOwnDownload(entry) && !(await this.#isUsedElsewhere(entry));
    if (deletable && (await this.#consent(yes).given(`Delete the downloaded file ${entry.path}?`)).ok) {
      await this.#store.deleteDownload(entry);
      err.write(`${entry.path} is deleted.\n`);
      return;
    }
    err.write(`The file stays where it is: ${entry.path}\n`);
  }

  async #isUsedElsewhere({ path }: FileModel): Promise<boolean> {
    const listed = await this.#store.list();
    return !listed.ok || listed.value.models.some((model) => model.kind === 'file' && model.path === path);
  }

  #consent(yes: boolean): Consent {
    const { out, reader, signal } = this.#console;
    return new Consent({ out, reader, signal, yes });
  }

  async #run(command: () => Promise<Failure | null>): Promise<void> {
    try {
      const failure = await command();
      if (failure) this.#console.fail(failure);
    } catch (error) {
      if (!this.#console.signal.aborted) throw error;
      this.#console.fail(stopped);
    } finally {
      this.#console.reader[Symbol.dispose]();
    }
  }
}

const stopped: Failure = {
  code: 'CANCELLED',
  fault: 'user',
  message: 'Stopped. Nothing was added.',
  next: 'Run the command again when you like.',
};

async function stateOf(model: ModelEntry): Promise<ModelRow['state']> {
  return model.kind === 'file' ? fileState(model) : 'ready';
}
