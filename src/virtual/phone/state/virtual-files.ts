export interface VirtualFile {
  readonly bytes: Buffer;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

const WRITABLE = ['/sdcard', '/data/local/tmp'];

/** The part of a phone's file system that the shell user sees. `/sdcard` is `/storage/emulated/0`, as on a phone. */
export class VirtualFiles {
  readonly #files = new Map<string, VirtualFile>();
  readonly #folders = new Set([
    '/',
    '/sdcard',
    '/sdcard/DCIM',
    '/sdcard/DCIM/Camera',
    '/sdcard/Pictures',
    '/sdcard/Download',
    '/data',
    '/data/local',
    '/data/local/tmp',
    '/system',
    '/system/bin',
  ]);
  readonly #now: () => number;
  readonly #listeners = new Set<(path: string, bytes: Buffer) => void>();

  constructor(now: () => number) {
    this.#now = now;
  }

  read(path: string): VirtualFile | null {
    return this.#files.get(plain(path)) ?? null;
  }

  write(path: string, bytes: Buffer): void {
    const target = plain(path);
    this.#files.set(target, { bytes: Buffer.from(bytes), modified: this.#now() });
    for (let at = target.lastIndexOf('/'); at > 0; at = target.lastIndexOf('/', at - 1))
      this.#folders.add(target.slice(0, at));
    for (const listener of this.#listeners) listener(target, bytes);
  }

  /** Tells of every file that is written, until the returned function is called. */
  watch(listener: (path: string, bytes: Buffer) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  makeFolder(path: string): void {
    this.#folders.add(plain(path));
  }

  remove(path: string): boolean {
    return this.#files.delete(plain(path));
  }

  isFolder(path: string): boolean {
    return this.#folders.has(plain(path));
  }

  /** Whether the shell user may write there; everything else is read-only or another user's. */
  isWritable(path: string): boolean {
    return WRITABLE.some((folder) => plain(path).startsWith(`${folder}/`));
  }

  /** The names in a folder, sorted; empty for no folder. */
  list(path: string): readonly string[] {
    const folder = plain(path) === '/' ? '/' : `${plain(path)}/`;
    const names = [...this.#files.keys(), ...this.#folders]
      .filter((entry) => entry.startsWith(folder) && entry !== folder)
      .map((entry) => entry.slice(folder.length).split('/')[0] ?? '');
    return [...new Set(names)].filter((name) => name !== '').sort();
  }
}

/** One spelling per place: no trailing or doubled slashes, no dots, one name for the shared storage. */
function plain(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`.replace(/^\/storage\/emulated\/0/, '/sdcard');
}
