/** What a car still has to do later. Disposing ends it all. */
export class Timers implements Disposable {
  readonly #running = new Set<NodeJS.Timeout>();
  #isDisposed = false;

  /** Runs it once, after this long. Returns what calls it off. */
  after(ms: number, run: () => void): () => void {
    if (this.#isDisposed) return () => {};
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      run();
    }, ms);
    return this.#own(timer);
  }

  every(ms: number, run: () => void): () => void {
    return this.#isDisposed ? () => {} : this.#own(setInterval(run, ms));
  }

  #own(timer: NodeJS.Timeout): () => void {
    this.#running.add(timer);
    return () => {
      clearTimeout(timer);
      this.#running.delete(timer);
    };
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
