// Ids of messages. Their digest need only tell apart what is of one process, and is made several times for every message,
// where one for secrets costs ten times as much. Nobody gains by two texts with the same digest: the message would be
// refused, in a process of his own.
//
// Three lanes of 32 bits, each with a multiplier of its own, brought to an end by the last step of MurmurHash3, which is in
// the public domain (Austin Appleby).

/** Id of a child (E4): what it comes from decides it, so a step that is repeated emits the same ids. */
export function childId(processId: string, queue: string, parentId: string, index: string): string {
  return `${processId}.${digestOf(`${queue}|${parentId}|${index}`)}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two characters for each 12 bits. */
const PAIRS = Array.from({ length: 4_096 }, (_, bits) => ALPHABET[bits >> 6]! + ALPHABET[bits & 63]!);

/** @returns 96 bits as 16 URL-safe characters */
export function digestOf(text: string): string {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x85ebca6b);
    a ^= a >>> 15;
    b = Math.imul(b ^ code, 0xc2b2ae35);
    b ^= b >>> 13;
    c = Math.imul(c ^ code, 0x27d4eb2f);
    c ^= c >>> 14;
  }
  a = mixed(a ^ text.length);
  b = mixed(b ^ a);
  c = mixed(c ^ b);
  return (
    PAIRS[a >>> 20]! +
    PAIRS[(a >>> 8) & 0xfff]! +
    PAIRS[((a & 0xff) << 4) | (b >>> 28)]! +
    PAIRS[(b >>> 16) & 0xfff]! +
    PAIRS[(b >>> 4) & 0xfff]! +
    PAIRS[((b & 0xf) << 8) | (c >>> 24)]! +
    PAIRS[(c >>> 12) & 0xfff]! +
    PAIRS[c & 0xfff]!
  );
}

/** Every bit depends on every other. */
function mixed(bits: number): number {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
