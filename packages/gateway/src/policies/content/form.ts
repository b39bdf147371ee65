// Forms as flat objects: a name that comes several times is a list of texts.

/** @throws Error */
export function readForm(text: string): unknown {
  const value: Record<string, string | string[]> = Object.create(null);
  for (const [name, one] of new URLSearchParams(text)) {
    const before = value[name];
    if (before === undefined) value[name] = one;
    else if (Array.isArray(before)) before.push(one);
    else value[name] = [before, one];
  }
  return { ...value };
}

/** @throws Error when a member is an object: forms are flat */
export function writeForm(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a form is written from an object');
  const form = new URLSearchParams();
  for (const [name, member] of Object.entries(value))
    for (const one of Array.isArray(member) ? member : [member]) {
      if (one === null || one === undefined) continue;
      if (typeof one === 'object') throw new Error(`"${name.slice(0, 100)}" is an object, and a form is flat`);
      form.append(name, String(one));
    }
  return form.toString();
}
