// Percent-encoding of signatures: everything but letters, digits and -._~ (RFC 3986, 2.3), byte by byte.
//
// A text is decoded to its bytes and not to characters: bytes that are no UTF-8 keep their value, and so their signature.

/** A byte in each character. */
export type Pair = readonly [name: string, value: string];

/** Percent-encoded, of a text. */
export function encoded(text: string): string {
  return encodedBytes(Buffer.from(text, 'utf8').toString('latin1'));
}

/** The pairs of a query or a form, decoded, a byte in each character. A name alone has an empty value. */
export function pairsOf(text: string): Pair[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodedBytes(name.replaceAll('+', ' ')), decodedBytes(value.join('=').replaceAll('+', ' '))];
    });
}

/** A byte in each character. What is no percent-encoding stays as it is. */
export function decodedBytes(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Percent-encoded, of a text with a byte in each character. */
export function encodedBytes(bytes: string): string {
  return bytes.replace(
    /[^A-Za-z0-9\-._~]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Encoded pairs in the order of signatures: by name, then by value, byte by byte. */
export function sortedPairs(pairs: readonly Pair[]): string {
  return pairs
    .map(([name, value]): Pair => [encodedBytes(name), encodedBytes(value)])
    .sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map((pair) => pair.join('='))
    .join('&');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
