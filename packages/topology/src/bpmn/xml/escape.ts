// What XML can carry, and how.

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Characters that no XML document may contain, in whatever spelling. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML forbids
export const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
/** An ampersand that begins no reference which stands for itself. */
export const LOOSE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = Number.parseInt(hex ?? decimal!, hex === undefined ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\uffff';
  });
}

const lines = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

export const decodeText = (source: string): string => decode(lines(source));
export const decodeAttribute = (source: string): string => decode(lines(source).replace(/[\t\n]/g, ' '));

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
export const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (sign) => SIGNS[sign]!);
export const escapeAttribute = (text: string): string => text.replace(/[&<>"\t\n\r]/g, (sign) => SIGNS[sign]!);
