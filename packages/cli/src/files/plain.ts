// A module may export anything; a topology is JSON. What JSON would lose or bend is named, not passed on.

import { InputError } from '../exit.ts';

const MAX_DEPTH = 100;

/** @throws InputError when a value is no JSON, with its place */
export function plainJson(value: unknown, file: string): unknown {
  check(value, [], new Set(), (path, what) => {
    throw new InputError(`${file}: ${path.join('.') || 'the default export'} is ${what}; a topology holds only JSON.`);
  });
  return value;
}

function check(
  value: unknown,
  path: readonly string[],
  above: Set<object>,
  refuse: (path: readonly string[], what: string) => never,
): void {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(path, String(value));
    return;
  }
  if (typeof value !== 'object') refuse(path, `a ${typeof value}`);
  if (path.length > MAX_DEPTH) refuse(path.slice(0, 3), `nested deeper than ${MAX_DEPTH} levels`);
  if (above.has(value)) refuse(path, 'part of itself');
  const prototype = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null)
    refuse(path, `a ${prototype.constructor?.name ?? 'class'}`);
  above.add(value);
  for (const [name, member] of Object.entries(value)) check(member, [...path, name], above, refuse);
  above.delete(value);
}
