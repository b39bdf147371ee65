/**
 * Text of as many bytes as characters is ASCII, which is copied several times faster than it is encoded.
 * @param bytes  its length in UTF-8
 */
export const encodingOf = (text: string, bytes: number): 'latin1' | 'utf8' =>
  text.length === bytes ? 'latin1' : 'utf8';
