// Names that a description gives, as routes can have them.

/** `listPets` → `list-pets`; empty when nothing of it can stay. */
export const slugOf = (text: string): string =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');

/** Parameters as routes name them: `/pets/{pet-id}` → `/pets/{pet_id}`. */
export const pathOf = (path: string): string =>
  path.replaceAll(/\{([^{}]*)\}/g, (_all, name: string) => `{${parameterName(name)}}`);

export const parameterName = (name: string): string => name.replaceAll(/\W/g, '_').replace(/^(\d)/, '_$1');

/** A name that is not taken, by a number behind it. */
export function free(name: string, taken: ReadonlySet<string>): string {
  let found = name;
  for (let n = 2; taken.has(found); n++) found = `${name}-${n}`;
  return found;
}
