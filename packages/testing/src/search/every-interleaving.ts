// The same test under many orders of what is ready at the same time.

export interface Interleavings {
  /** How many; default 100. */
  readonly seeds?: number;
}

/**
 * Run a test once for each seed from 1. `SLUICE_SEED=17` runs that one alone.
 * @throws what the test threw, with the seed in front of its message
 */
export async function everyInterleaving(
  { seeds = 100 }: Interleavings,
  test: (seed: number) => unknown | Promise<unknown>,
): Promise<void> {
  const only = process.env.SLUICE_SEED;
  if (only !== undefined && !/^\d+$/.test(only))
    throw new TypeError(`SLUICE_SEED must be a whole number, got "${only}".`);
  const all = only === undefined ? Array.from({ length: seeds }, (_, index) => index + 1) : [Number(only)];
  for (const seed of all) await named(`Seed ${seed} of ${seeds} (SLUICE_SEED=${seed} runs it alone)`, () => test(seed));
}

/** Say in front of an error where it happened, and leave the rest of it as it is: runners show its difference. */
export async function named(where: string, run: () => unknown | Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Error)) throw new Error(`${where}: ${String(error)}`);
    const before = error.message;
    error.message = `${where}: ${before}`;
    error.stack = error.stack?.replace(before, () => error.message);
    throw error;
  }
}
