// In what a request differs from the one that was announced, in words.

/** @returns one sentence for each place, each naming it as a JSON pointer; empty when both say the same */
export function differences(expected: unknown, actual: unknown, at = ''): string[] {
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) => {
      const place = `${at}/${name}`;
      if (!Object.hasOwn(actual, name)) return [`${place} is missing, ${show(expected[name])} was expected`];
      if (!Object.hasOwn(expected, name)) return [`${place} was not announced, it is ${show(actual[name])}`];
      return differences(expected[name], actual[name], place);
    });
  }
  return Object.is(expected, actual) ? [] : [`${at || 'it'} is ${show(actual)}, ${show(expected)} was expected`];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);

/** `name → value`, or list of values where it comes more than once: the order of names means nothing. */
export function pairs(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}
