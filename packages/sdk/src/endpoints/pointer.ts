/** The part of a JSON value at a JSON pointer (RFC 6901); '' is all of it, undefined that there is none. */
export function partOf(value: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names.reduce<unknown>((inner, name) => {
    const member = name.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, member)
      ? (inner as Record<string, unknown>)[member]
      : undefined;
  }, value);
}
