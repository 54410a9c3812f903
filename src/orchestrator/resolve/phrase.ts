/**
 * A text that is read piece by piece: what was understood is taken out, and at the end nothing may be left that says
 * something. So no word is dropped in silence: "Wednesday week" is not Wednesday.
 */
export class Phrase {
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes the first match out, and leaves a border in its place, so that its neighbours do not join. Null for none. */
  take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.#text);
    if (found) this.#text = `${this.#text.slice(0, found.index)} | ${this.#text.slice(found.index + found[0].length)}`;
    return found;
  }

  /** Whether anything would match, without taking it. */
  has(pattern: RegExp): boolean {
    return pattern.test(this.#text);
  }

  /** Whether only words are left that say nothing; `idle` matches one of them, and is global. */
  isSpent(idle: RegExp): boolean {
    return (
      this.#text
        .replace(/[|,\s]+/g, ' ')
        .replace(idle, ' ')
        .trim() === ''
    );
  }
}

/** English words beside a value that change nothing of it. */
export const IDLE =
  /(?<![\p{L}\p{N}])(?:on the dot|at|on|by|from|for|to|of|the|a|an|about|around|roughly|approximately|exactly|precisely|just|please|say|sharp|starting|oh|uh|um|like|maybe|nice|and)(?![\p{L}\p{N}])/gu;

/** The same in Chinese. */
export const CHINESE_IDLE =
  /大概|大约|差不多|左右|的时候|开始|那天|当天|正好|刚好|就行|一下|请|就|吧|呢|啊|的|在|到|于|约|[，。、,.!！\s]/g;
