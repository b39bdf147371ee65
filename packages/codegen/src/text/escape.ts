// Texts of a stranger in files of ours. Nothing that a description says is written anywhere but through one of these.

/** A literal of TypeScript. Neither a line separator nor a tag can end what it stands in. */
export const literal = (text: string): string =>
  JSON.stringify(text).replaceAll(/[\u2028\u2029<\u007f-\u009f\ud800-\udfff]/g, (character) =>
    /\p{Surrogate}/u.test(character) || character < '\ud800'
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : character,
  );

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A member of an object or of an interface. */
export const member = (name: string): string => (IDENTIFIER.test(name) && name !== '__proto__' ? name : literal(name));

/** One line of a comment in a block. */
export const comment = (text: string): string =>
  oneLine(text).replaceAll('*/', '* /').replaceAll('</', '< /').slice(0, 500);

/** Text in Markdown, in a cell of a table as well. */
export const markdown = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_{}[\]()#+!|~<>$]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .slice(0, 1_000);

/** Code in a line of Markdown. */
export const code = (text: string): string => `\`${oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
