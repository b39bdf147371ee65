// Values of parameters as texts of a path, a query, a header: the styles of OpenAPI, which are those of RFC 6570 and some more.

import type { ParameterStyle } from '@sluice/protocol';

/** How one value is written. */
export interface Writing {
  readonly name: string;
  readonly style: ParameterStyle;
  readonly explode?: boolean;
  readonly reserved?: boolean;
}

type Encode = (text: string) => string;

const JOINTS = { spaceDelimited: '%20', pipeDelimited: '|', tabDelimited: '%09' } as const;

/** Of a path: without the name in the style `simple`. */
export function inPath({ name, style, explode = false }: Writing, value: unknown, encode: Encode): string {
  const items = itemsOf(value, explode, encode);
  const named = encode(name);
  switch (style) {
    case 'label':
      return `.${items.join(explode ? '.' : ',')}`;
    case 'matrix':
      if (!explode || !isComposed(value)) return `;${named}=${items.join(',')}`;
      return items.map((item) => (Array.isArray(value) ? `;${named}=${item}` : `;${item}`)).join('');
    case 'json':
      return encode(JSON.stringify(value));
    default:
      return items.join(',');
  }
}

/** Pairs of a query or of a form, encoded. */
export function inQuery({ name, style, explode = true, reserved = false }: Writing, value: unknown): string[] {
  const encode: Encode = reserved ? encodeReserved : encodeURIComponent;
  const named = encodeURIComponent(name);
  if (style === 'json') return [`${named}=${encode(JSON.stringify(value))}`];
  if (style === 'deepObject') return deep(named, value, encode);
  if (!isComposed(value)) return [`${named}=${encode(textOf(value))}`];
  if (explode) return exploded(named, value, encode);
  const items = itemsOf(value, false, encode);
  return items.length === 0 ? [] : [`${named}=${items.join(style in JOINTS ? JOINTS[style as 'pipeDelimited'] : ',')}`];
}

/** Of a header or a cookie. */
export const inHeader = ({ style, explode = false }: Writing, value: unknown): string =>
  style === 'json' ? JSON.stringify(value) : itemsOf(value, explode, String).join(',');

function exploded(named: string, value: object, encode: Encode): string[] {
  if (Array.isArray(value)) return value.map((item) => `${named}=${encode(textOf(item))}`);
  return Object.entries(value).map(([key, member]) => `${encodeURIComponent(key)}=${encode(textOf(member))}`);
}

/** `filter[status]=open`, and as deep as values go. */
function deep(named: string, value: unknown, encode: Encode): string[] {
  if (!isComposed(value)) return [`${named}=${encode(textOf(value))}`];
  return Object.entries(value).flatMap(([key, member]) => deep(`${named}[${encodeURIComponent(key)}]`, member, encode));
}

function itemsOf(value: unknown, explode: boolean, encode: Encode): string[] {
  if (!isComposed(value)) return [encode(textOf(value))];
  if (Array.isArray(value)) return value.map((item) => encode(textOf(item)));
  const pairs = Object.entries(value).map(([key, member]) => [encode(key), encode(textOf(member))]);
  return explode ? pairs.map((pair) => pair.join('=')) : pairs.flat();
}

const isComposed = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** No style says how a list in a list is written. */
const textOf = (value: unknown): string => (isComposed(value) ? JSON.stringify(value) : String(value ?? ''));

/** `&`, `=`, `#` and `+` would end the value, or be read as something else. */
const encodeReserved: Encode = (text) =>
  encodeURIComponent(text).replaceAll(/%(3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B)/g, (code) =>
    decodeURIComponent(code),
  );
