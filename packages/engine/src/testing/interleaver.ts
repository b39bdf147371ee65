// Decides what happens next. Everything that could happen now (a write, an answer of a worker, an exchange with a remote
// service) asks for a turn, and gets it alone: in the order of arrival, or in an order that a seed chooses. The same
// seed gives the same order, so a race that was found once is found again.

/** A full turn of the event loop: every promise that can go on has gone on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What runs without asking for a turn gets this many turns of the event loop before others go on beside it. */
const GRACE_TURNS = 64;
const PATIENCE_MS = 10_000;

export class Interleaver {
  readonly #random: (() => number) | undefined;
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #running = new Map<symbol, string>();
  readonly #settled: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #paused = 0;
  #pumping = false;
  #changed: () => void = () => {};

  /** @param random  0 ≤ x < 1; without it turns are given in the order of arrival */
  constructor(random?: () => number) {
    this.#random = random;
  }

  /** Run something when it is its turn. The turn ends when it did. */
  take<T>(run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => this.enqueue(() => run().then(resolve, reject)));
  }

  /** @param act  never rejects; one that finds itself dead does nothing */
  enqueue(act: () => Promise<void>): void {
    this.#waiting.push(act);
    this.#wake();
  }

  /** Something runs that needs no turn: nothing is settled before it ended. */
  async watch<T>(name: string, run: () => Promise<T>): Promise<T> {
    const mark = Symbol(name);
    this.#running.set(mark, name);
    this.#wake();
    try {
      return await run();
    } finally {
      this.#running.delete(mark);
      this.#changed();
    }
  }

  /** What is watched waits for a turn, or for the clock: others may go on. @returns ends the pause */
  pause(): () => void {
    this.#paused++;
    this.#changed();
    return () => {
      this.#paused--;
    };
  }

  /**
   * Nothing can go on any more without the clock.
   * @throws Error when something that is watched does not end
   */
  settled(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settled.push({ resolve, reject });
      this.#wake();
    });
  }

  #wake(): void {
    this.#changed();
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#pump();
  }

  async #pump(): Promise<void> {
    let stuck: Error | null = null;
    while (stuck === null) {
      stuck = await this.#quiet();
      const [next] = this.#waiting.splice(this.#choice(), 1);
      if (next) await next();
      else if (this.#active <= 0) break;
    }
    this.#pumping = false;
    for (const { resolve, reject } of this.#settled.splice(0)) stuck ? reject(stuck) : resolve();
  }

  /** Chance is used up only where there is a choice, so that a hint that came in vain changes nothing. */
  #choice(): number {
    if (!this.#random || this.#waiting.length < 2) return 0;
    return Math.floor(this.#random() * this.#waiting.length);
  }

  get #active(): number {
    return this.#running.size - this.#paused;
  }

  /** Until what runs has ended or waits. Work that needs real time is waited for only when nothing else could go on. */
  async #quiet(): Promise<Error | null> {
    await turn();
    for (let turns = 0; this.#active > 0; turns++) {
      if (turns < GRACE_TURNS) {
        await turn();
        continue;
      }
      if (this.#waiting.length > 0) return null;
      if (!(await this.#change()))
        return new Error(
          `Nothing goes on for ${PATIENCE_MS / 1_000} s, because these have not ended: ${[...this.#running.values()].join(', ')}.`,
        );
      await turn();
    }
    return null;
  }

  /** @returns false when nothing changed for so long that nothing will */
  async #change(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const changed = await new Promise<boolean>((resolve) => {
      this.#changed = () => resolve(true);
      timer = setTimeout(() => resolve(false), PATIENCE_MS);
    });
    clearTimeout(timer);
    this.#changed = () => {};
    return changed;
  }
}
