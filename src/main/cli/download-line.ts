import type { DownloadProgress } from '../../model/store/download.js';
import { gigabytes } from '../../model/store/download-failures.js';
import type { Terminal } from './terminal.js';

/** Elsewhere than on a terminal a line a tenth is enough. */
const STEP = 0.1;

/** How far a download is: one line that is written over on a terminal, a few lines in a log. */
export class DownloadLine implements Disposable {
  readonly #terminal: Terminal;
  readonly #isTerminal = process.stderr.isTTY === true;
  #nextShare = 0;
  #isOpen = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show({ bytes, total, bytesPerSecond }: DownloadProgress): void {
    const share = total === null || total === 0 ? null : bytes / total;
    const percent = share === null ? '' : `${Math.floor(share * 100)} % of ${gigabytes(total ?? 0)}, `;
    const text = `${percent}${gigabytes(bytes)}, ${gigabytes(bytesPerSecond)}/s`;
    if (this.#isTerminal) {
      this.#terminal.write(`\r\u001b[K${text}`);
      this.#isOpen = true;
    } else if ((share ?? 0) >= this.#nextShare) {
      this.#terminal.write(`${text}\n`);
      this.#nextShare = nextOf(share);
    }
  }

  [Symbol.dispose](): void {
    if (this.#isOpen) this.#terminal.write('\n');
    this.#isOpen = false;
  }
}

/** The share at which the next line is written: every tenth, and the end once. */
function nextOf(share: number | null): number {
  return share === null || share >= 1 ? Number.POSITIVE_INFINITY : Math.min(1, share + STEP);
}
