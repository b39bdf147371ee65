// Ids of new nodes: what they do, made fit for a name, with a number where that is taken.

/** @param wanted  such as the action or the kind */
export function freshId(wanted: string, taken: (id: string) => boolean): string {
  const plain = wanted
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z_]+|-+$/g, '')
    .slice(0, 80);
  const base = plain === '' ? 'node' : plain;
  if (!taken(base)) return base;
  let count = 2;
  while (taken(`${base}-${count}`)) count++;
  return `${base}-${count}`;
}
