// What became another between two JSON values, member by member.

export interface Difference {
  /** `settings.shop`, `scopes.0`. */
  readonly path: string;
  /** As JSON; undefined where it was not there. */
  readonly was: string | undefined;
  readonly is: string | undefined;
}

export function differenceOf(before: unknown, after: unknown, path = ''): Difference[] {
  const [was, is] = [textOf(before), textOf(after)];
  if (was === is) return [];
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return isObject(before) !== isObject(after) && (isObject(before) || isObject(after)) && path === ''
      ? membersOf(before, after, path)
      : [{ path, was, is }];
  return membersOf(before, after, path);
}

function membersOf(before: unknown, after: unknown, path: string): Difference[] {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].flatMap((name) => differenceOf(old[name], now[name], path === '' ? name : `${path}.${name}`));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : JSON.stringify(value);
