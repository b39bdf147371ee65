// No secret in a log line, a measurement or the reason of a failure.

import { fieldsOf } from './fields.ts';

const SECRET =
  /auth(?!or(?!i))|token|secret|passw|pwd|api[-_]?key|private[-_]?key|cookie|signature|session|credential|assertion|hmac|jwt|code_verifier|device_code|(^|[-_])(sig|sign)$/i;
/** About a secret, and none: `token_type`, `oauth_signature_method`. */
const HARMLESS =
  /(type|hint|method|ur[il]|endpoint|expires(_in)?|version|algorithm|signed_?headers|timestamp|nonce|realm|callback)$/i;
/** Next to one of these, `code` is a code of OAuth 2 and no article. */
const OAUTH = /^(grant_type|client_id|state|redirect_uri)$/i;
const MASK = '***';

/** Whether something of this name is not for other eyes. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

/** A segment of a path that is a name and its secret, as the address of a bot: `/bot123:AAH…/`. */
const SECRET_SEGMENT = /(?<=\/[^/:%]{1,40}(?::|%3A))[\w-]{20,}(?=\/|$)/gi;

/** The URL without user, password, the values of secret-looking parameters and secrets of its path. */
export function maskUrl(url: URL): string {
  const masked = new URL(url);
  masked.username = masked.username && MASK;
  masked.password = '';
  masked.pathname = masked.pathname.replace(SECRET_SEGMENT, MASK);
  const names = [...masked.searchParams.keys()];
  for (const name of names)
    if (SECRET.test(name) || /^key$/i.test(name) || isOAuthCode(name, names)) masked.searchParams.set(name, MASK);
  return masked.href;
}

export function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET.test(name) ? MASK : value]));
}

/**
 * A text of the other side without the secrets that were sent to it: servers like to repeat what they refuse.
 * @param body  what was sent, a form or JSON
 * @param more  other secrets of the body
 */
export function maskSent(
  text: string,
  headers: Readonly<Record<string, string>>,
  url: URL,
  body: string | Uint8Array | null = null,
  more: readonly string[] = [],
): string {
  const secrets = [
    ...more,
    ...Object.entries(headers).flatMap(([name, value]) => (SECRET.test(name) ? partsOf(value) : [])),
    ...secretsOf([...url.searchParams]),
    ...secretsOf(fieldsOf(body)),
    decoded(url.password),
    ...(url.pathname.match(SECRET_SEGMENT) ?? []),
  ];
  // Longest first, so that no rest of one stays; what is very short would mask half of the text.
  return [...new Set(secrets.flatMap(spellings))]
    .filter((secret) => secret.length > 3)
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

const NAME =
  '[\\w.-]{0,40}(?:token|secret|passw(?:or)?d|pwd|api[-_]?key|assertion|signature|code_verifier|device_code)';
/** After the name: `: "…"`, the same inside of a JSON text, `='…'`, `=…`; after a space only what is long, for a sentence goes on so. */
const VALUE = String.raw`\s{0,4}[:=]\s{0,4}"(?:[^"\\]|\\[^])+|\s{0,4}[:=]\s{0,4}\\{1,3}"[^"\\]+|\s{0,4}[:=]\s{0,4}'[^']+|[:=](?!null|true|false)[^\s"'\\&,;<>]{4,}|\s{0,4}[:=]\s{1,4}[^\s"'\\&,;<>]{16,}`;
const PAIR = new RegExp(String.raw`(${NAME}(?:\\{0,3}["'])?)(${VALUE})`, 'gi');
const ELEMENT = new RegExp(String.raw`(<(?:\w{1,40}:)?${NAME}(?:\s[^<>]{0,200})?>)[^<>]+`, 'gi');
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*(-----END [A-Z ]{0,20}PRIVATE KEY-----)?/g;

/** A text without the values that its own names call secret: in JSON, in a form, in XML, in a header that is quoted. */
export function maskText(text: string): string {
  return text
    .replace(PRIVATE_KEY, MASK)
    .replace(PAIR, (_, name: string, value: string) => `${name}${/^\s*[:=]\s*\\*["']?/.exec(value)?.[0] ?? ''}${MASK}`)
    .replace(ELEMENT, (_, tag: string) => `${tag}${MASK}`);
}

function isOAuthCode(name: string, names: readonly string[]): boolean {
  return /^code$/i.test(name) && names.some((other) => OAUTH.test(other));
}

function secretsOf(fields: readonly (readonly [name: string, value: string])[]): string[] {
  const names = fields.map(([name]) => name);
  return fields.flatMap(([name, value]) =>
    (SECRET.test(name) && !HARMLESS.test(name)) || isOAuthCode(name, names) ? [value] : [],
  );
}

/** A secret header, and what is secret of its parts: the token of a bearer, the password of Basic, one of OAuth's pairs. */
function partsOf(value: string): string[] {
  const [scheme = '', ...rest] = value.split(' ');
  const pairs = [...value.matchAll(/([\w-]+)="?([^",;\s]+)/g)].map((pair) => [pair[1]!, decoded(pair[2]!)] as const);
  const [user = '', ...password] = /^basic$/i.test(scheme)
    ? Buffer.from(rest.join(''), 'base64').toString('utf8').split(':')
    : [];
  // A key as user, with a password that says nothing.
  const basic = [password.join(':'), ...(password.join(':').length > 3 ? [] : [user])];
  return [value, ...(pairs.length > 0 ? [] : rest), ...secretsOf(pairs), ...basic];
}

/** As a URL, a form or JSON has it. */
function spellings(secret: string): string[] {
  return [secret, encoded(secret), encoded(secret).replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)];
}

const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
