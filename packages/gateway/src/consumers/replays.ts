// Signed requests that came already. What is remembered is bounded for each key, so that nobody fills the memory of another.

const MOST_PER_KEY = 20_000;

export class Replays {
  readonly #byKey = new Map<string, Map<string, number>>();

  /**
   * @param until  epoch ms after which the request would be refused as too old anyway
   * @returns false when it came before, or when more came than can be remembered
   */
  isNew(key: string, mark: string, until: number, now: number): boolean {
    let marks = this.#byKey.get(key);
    if (!marks) {
      marks = new Map();
      this.#byKey.set(key, marks);
    }
    for (const [old, end] of marks) {
      if (end > now) break;
      marks.delete(old);
    }
    if (marks.has(mark) || marks.size >= MOST_PER_KEY) return false;
    marks.set(mark, until);
    return true;
  }
}
