// JSON values as what they mean: the order of an object's members, and members without a value, say nothing.

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Equal values have equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return value === undefined ? 'absent' : JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
    .sort()
    .join()}}`;
}

export const equal = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

/** A member of its own; never what every object inherits. */
export const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** Names of the members of two objects, those of the first one first. */
export const namesOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

/** The value with another one at a place inside it; `undefined` takes the place away. Objects on the way are made. */
export function withAt(value: unknown, [name, ...rest]: readonly string[], inner: unknown): unknown {
  if (name === undefined) return inner;
  const members = new Map(Object.entries(isObject(value) ? value : {}));
  const member = withAt(members.get(name), rest, inner);
  if (member === undefined) members.delete(name);
  else members.set(name, member);
  return Object.fromEntries(members);
}

export interface Place {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The smallest places in which two values differ; lists are compared as a whole. */
export function* differences(before: unknown, after: unknown, path: readonly string[] = []): Iterable<Place> {
  if (isObject(before) && isObject(after))
    for (const name of namesOf(before, after))
      yield* differences(memberOf(before, name), memberOf(after, name), [...path, name]);
  else if (!equal(before, after))
    yield { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
