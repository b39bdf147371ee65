// What the audit log must never hold. Answers show no secrets but those that are shown once; here not even these.

const SECRET_NAME =
  /(pass(word|phrase|wd)?|secret|token|authorization|cookie|api[-_]?key|private[-_]?key|credentials?|signature|code)$/i;
/** Tokens, sessions and links of the platform, wherever they stand. */
const SECRET_TEXT = /\bsl[csl]_[\w-]{20,}/g;
const MASK = '***';
const MAX_DEPTH = 40;
/** Of one state, as JSON. */
const MAX_CHARS = 32_768;

/** The value without secrets; one that is too large is only measured. */
export function masked(value: unknown): unknown {
  const clean = mask(value, 0);
  const size = JSON.stringify(clean ?? null).length;
  return size > MAX_CHARS ? { tooLarge: size } : (clean ?? null);
}

function mask(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(SECRET_TEXT, MASK);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return MASK;
  if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      (typeof member === 'string' || typeof member === 'number') && SECRET_NAME.test(name)
        ? MASK
        : mask(member, depth + 1),
    ]),
  );
}

/** Of two states of an object what is different; of one that came or went, all. */
export function difference(before: unknown, after: unknown): { before: unknown; after: unknown } {
  if (!isObject(before) || !isObject(after)) return { before, after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const only = (of: Record<string, unknown>) =>
    Object.fromEntries(names.flatMap((name) => (name in of ? [[name, of[name]]] : [])));
  return { before: only(before), after: only(after) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
