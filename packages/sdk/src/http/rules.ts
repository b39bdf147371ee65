// What a status means for the message: a table, and how to read it.

/**
 * `ok` go on · `fail` trash · `redeliver` the same step again · `limit` wait as the remote side says · `stop` end the branch quietly.
 */
export type StatusVerdict = 'ok' | 'fail' | 'redeliver' | 'limit' | 'stop';

/** By exact status (`404`), class (`5xx`) or range (`400-403`); the most exact entry wins. */
export type StatusRules = Readonly<Record<string, StatusVerdict>>;

export const DEFAULT_RULES: StatusRules = {
  '2xx': 'ok',
  '3xx': 'fail',
  '4xx': 'fail',
  '408': 'redeliver',
  '425': 'redeliver',
  '429': 'limit',
  '5xx': 'redeliver',
};

/** @throws Error when a rule cannot be read */
export function verdictOf(status: number, rules: StatusRules = {}): StatusVerdict {
  return find(status, rules) ?? find(status, DEFAULT_RULES) ?? 'fail';
}

function find(status: number, rules: StatusRules): StatusVerdict | undefined {
  const exact = rules[String(status)];
  if (exact) return exact;
  let narrowest: { width: number; verdict: StatusVerdict } | undefined;
  for (const [pattern, verdict] of Object.entries(rules)) {
    const [from, to] = rangeOf(pattern);
    if (status < from || status > to) continue;
    if (!narrowest || to - from < narrowest.width) narrowest = { width: to - from, verdict };
  }
  return narrowest?.verdict;
}

function rangeOf(pattern: string): [number, number] {
  const range = /^(\d{3})(?:-(\d{3}))?$/.exec(pattern);
  if (range) return [Number(range[1]), Number(range[2] ?? range[1])];
  if (/^[1-5]xx$/.test(pattern)) return [Number(pattern[0]) * 100, Number(pattern[0]) * 100 + 99];
  throw new Error(`A status rule must look like "404", "5xx" or "400-403", got "${pattern}".`);
}
