// Names of tools: letters, digits, "_", "-" and ".", at most 64, each once. The same tools get the same names every time.

const MOST = 64;

/** @param wished  in a fixed order @returns one name for each */
export function toolNames(wished: readonly string[]): string[] {
  const taken = new Set<string>();
  return wished.map((wish) => {
    const plain = wish.replace(/[^\w.-]/g, '_');
    let name = plain.slice(0, MOST);
    for (let n = 2; taken.has(name); n++) name = `${plain.slice(0, MOST - 1 - String(n).length)}-${n}`;
    taken.add(name);
    return name;
  });
}
