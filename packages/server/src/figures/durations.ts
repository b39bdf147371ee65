// Many durations in a few numbers: each is counted in a class, and four classes double it, so a quantile that is read
// from them is right to within a tenth.

const PER_DOUBLING = 4;
/** More than a day is counted as a day. */
const MOST_CLASSES = 110;

/** As it is stored: [class, count] for the classes that are not empty. */
export type StoredDurations = readonly [
  count: number,
  failed: number,
  totalMs: number,
  longestMs: number,
  classes: readonly number[],
];

export class Durations {
  count = 0;
  failed = 0;
  totalMs = 0;
  longestMs = 0;
  readonly #classes: number[] = [];

  static from([count, failed, totalMs, longestMs, classes]: StoredDurations): Durations {
    const made = new Durations();
    Object.assign(made, { count, failed, totalMs, longestMs });
    for (const number of classes) made.#classes.push(number);
    return made;
  }

  add(ms: number, failed: boolean): void {
    this.count++;
    if (failed) this.failed++;
    this.totalMs += ms;
    if (ms > this.longestMs) this.longestMs = ms;
    const of = Math.min(Math.floor(Math.log2(ms + 1) * PER_DOUBLING), MOST_CLASSES);
    while (this.#classes.length <= of) this.#classes.push(0);
    this.#classes[of]!++;
  }

  merge(other: Durations): void {
    this.count += other.count;
    this.failed += other.failed;
    this.totalMs += other.totalMs;
    this.longestMs = Math.max(this.longestMs, other.longestMs);
    for (const [of, number] of other.#classes.entries()) this.#classes[of] = (this.#classes[of] ?? 0) + number;
  }

  /** @param share  0.95 for the duration that 95 of 100 do not exceed */
  quantile(share: number): number {
    let left = Math.ceil(this.count * share);
    for (const [of, number] of this.#classes.entries()) {
      left -= number;
      // The middle of its class.
      if (left <= 0 && number > 0) return Math.min(2 ** ((of + 0.5) / PER_DOUBLING) - 1, this.longestMs);
    }
    return 0;
  }

  toJSON(): StoredDurations {
    return [this.count, this.failed, this.totalMs, this.longestMs, this.#classes];
  }
}
