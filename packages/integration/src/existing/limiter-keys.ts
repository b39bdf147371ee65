// Limits as the existing wire writes them: `user|application;seconds;count` and more such triples, joined by `;`. An
// empty user means that all users share it.

export interface ExistingLimit {
  readonly application: string;
  /** Null = all users together. */
  readonly user: string | null;
  readonly amount: number;
  readonly windowMs: number;
}

const MAX_LIMITS = 100;
const LONGEST_WINDOW_S = 86_400 * 31;

/**
 * @param worker  name in front of applications of generation 5, as in `worker:shop`
 * @returns those that can be read; a triple that is cut off counts for nothing
 */
export function limitsIn(text: string, worker: string): ExistingLimit[] {
  const parts = text.slice(0, 16_384).split(';');
  const limits: ExistingLimit[] = [];
  for (let at = 0; at + 2 < parts.length && limits.length < MAX_LIMITS; at += 3) {
    const [key = '', seconds, count] = parts.slice(at, at + 3);
    const bar = key.indexOf('|');
    const user = bar < 0 ? key : key.slice(0, bar);
    const named = bar < 0 ? '' : key.slice(bar + 1);
    const application = named.startsWith(`${worker}:`) ? named.slice(worker.length + 1) : named;
    const windowS = Number(seconds);
    const amount = Number(count);
    if (!(windowS > 0 && windowS <= LONGEST_WINDOW_S && Number.isInteger(amount) && amount >= 1)) continue;
    limits.push({ application, user: user === '' ? null : user, amount, windowMs: Math.ceil(windowS * 1_000) });
  }
  return limits;
}
