// Ids of messages. Their digest need only tell apart what is of one process, and is made several times for every message,
// where one for secrets costs ten times as much. Nobody gains by two texts with the same digest: the message would be
// refused, in a process of his own.
//
// Three lanes of 32 bits, each with a multiplier of its own, brought to an end by the last step of MurmurHash3, which is in
// the public domain (Austin Appleby).

/** Id of a child (E4): what it comes from decides it, so a step that is repeated emits the same ids. */
export function childId(processId: string, queue: string, parentId: string, index: string): string {
  return `${processId}.${digestOf(queue, parentId, index)}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));

/** The lanes of the digest that is being made. */
const lanes = new Int32Array(3);

/**
 * Of texts as if they were one, with a `|` between them: nobody has to put them together for it.
 * @returns 96 bits as 16 URL-safe characters
 */
export function digestOf(text: string, second?: string, third?: string): string {
  lanes[0] = 0x9e3779b9;
  lanes[1] = 0x243f6a88;
  lanes[2] = 0xb7e15162;
  let length = take(text);
  if (second !== undefined) length += take('|') + take(second);
  if (third !== undefined) length += take('|') + take(third);
  const a = mixed(lanes[0]! ^ length);
  const b = mixed(lanes[1]! ^ a);
  const c = mixed(lanes[2]! ^ b);
  return String.fromCharCode(
    LETTERS[a >>> 26]!,
    LETTERS[(a >>> 20) & 63]!,
    LETTERS[(a >>> 14) & 63]!,
    LETTERS[(a >>> 8) & 63]!,
    LETTERS[(a >>> 2) & 63]!,
    LETTERS[((a & 3) << 4) | (b >>> 28)]!,
    LETTERS[(b >>> 22) & 63]!,
    LETTERS[(b >>> 16) & 63]!,
    LETTERS[(b >>> 10) & 63]!,
    LETTERS[(b >>> 4) & 63]!,
    LETTERS[((b & 15) << 2) | (c >>> 30)]!,
    LETTERS[(c >>> 24) & 63]!,
    LETTERS[(c >>> 18) & 63]!,
    LETTERS[(c >>> 12) & 63]!,
    LETTERS[(c >>> 6) & 63]!,
    LETTERS[c & 63]!,
  );
}

/** @returns how many characters it took */
function take(text: string): number {
  let a = lanes[0]!;
  let b = lanes[1]!;
  let c = lanes[2]!;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x85ebca6b);
    a ^= a >>> 15;
    b = Math.imul(b ^ code, 0xc2b2ae35);
    b ^= b >>> 13;
    c = Math.imul(c ^ code, 0x27d4eb2f);
    c ^= c >>> 14;
  }
  lanes[0] = a;
  lanes[1] = b;
  lanes[2] = c;
  return text.length;
}

/** Every bit depends on every other. */
function mixed(bits: number): number {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
