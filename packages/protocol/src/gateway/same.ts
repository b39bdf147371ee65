// Whether two definitions of a route mean the same: the order of members says nothing, what is undefined is not there.

import type { RouteDefinition } from './route.ts';

export const sameRoute = (a: RouteDefinition, b: RouteDefinition): boolean => same(a, b);

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [present(a), present(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && same(value, (b as Record<string, unknown>)[key]))
  );
}

const present = (value: object): [string, unknown][] => Object.entries(value).filter(([, one]) => one !== undefined);
