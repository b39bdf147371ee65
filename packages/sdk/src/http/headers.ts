// Headers of a request: names are the same in every case.

type Headers = Readonly<Record<string, string>>;

/** All of both; of a name in both, the second one's, whatever its case. */
export function mergeHeaders(first: Headers, second: Headers): Record<string, string> {
  const names = new Set(Object.keys(second).map((name) => name.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(first).filter(([name]) => !names.has(name.toLowerCase()))), ...second };
}

/** @returns undefined when there is none */
export function headerOf(headers: Headers, name: string): string | undefined {
  return Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];
}
