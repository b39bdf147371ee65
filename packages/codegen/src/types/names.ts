// Names of types. They are made of letters and digits only, whatever a description calls its schemas.

const RESERVED = new Set([
  'Operations',
  'Record',
  'Array',
  'Object',
  'String',
  'Number',
  'Boolean',
  'Function',
  'Symbol',
  'Promise',
  'Date',
  'Error',
  'Map',
  'Set',
  'Readonly',
  'Partial',
  'Required',
  'Pick',
  'Omit',
  'Exclude',
  'Extract',
]);

/** `full-repository` → `FullRepository`; unlike all that are taken. */
export function typeName(text: string, taken: Set<string>): string {
  const joined = text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('')
    .slice(0, 100);
  const plain = /^[A-Z]/.test(joined) && !RESERVED.has(joined) ? joined : `T${joined}`;
  let name = plain;
  for (let n = 2; taken.has(name); n++) name = `${plain}_${n}`;
  taken.add(name);
  return name;
}
