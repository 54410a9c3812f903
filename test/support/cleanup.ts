/** What has to be undone after a test, in reverse order. */
export class Cleanup implements AsyncDisposable {
  readonly #tasks: (() => unknown)[] = [];

  defer(task: () => unknown): void {
    this.#tasks.push(task);
  }

  use<T extends AsyncDisposable | Disposable>(resource: T): T {
    this.defer(() => (Symbol.asyncDispose in resource ? resource[Symbol.asyncDispose]() : resource[Symbol.dispose]()));
    return resource;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const task of this.#tasks.splice(0).reverse()) await task();
  }
}
