// What an existing worker says when it refuses, fit to be shown: one line, without the stack that it glues on, and
// without secrets.

const MAX_CHARACTERS = 400;
const NAMED_SECRET =
  /((?:access_token|refresh_token|id_token|client_secret|password|passwd|secret|api[_-]?key|authorization)["']?\s*[:=]\s*["']?(?:bearer\s+|basic\s+)?)[^\s"',;&}]+/gi;

/**
 * @param text     `message` of its answer: `Error occurred: <text><stack>`
 * @param secrets  what the request held of them
 */
export function wordsOf(text: string, secrets: readonly string[] = []): string {
  const [first = ''] = text.slice(0, 1_500).split(/[\r\n\u2028\u2029]/, 1);
  let line = first.replace(/^Error occurred: /, '').replace(/\p{Cc}/gu, ' ');
  // Outside of its debug mode it glues the stack on, which repeats the text after the name of the error, or the word "undefined".
  line = line.replace(/, Stack: ".*$/, '').replace(/undefined$/, '');
  line = withoutEcho(line);
  for (const secret of secrets) if (secret.length >= 3) line = line.split(secret).join('***');
  line = line.replace(NAMED_SECRET, '$1***').trim();
  if (line === '') return 'it gave no reason';
  return line.length <= MAX_CHARACTERS ? line : `${line.slice(0, MAX_CHARACTERS)}…`;
}

/** `it brokeTypeError: it broke` → `it broke` */
function withoutEcho(line: string): string {
  for (const match of line.matchAll(/[A-Z]\w{0,60}: /g)) {
    const text = line.slice(0, match.index);
    if (text !== '' && line.slice(match.index + match[0].length) === text) return text;
  }
  return line;
}
