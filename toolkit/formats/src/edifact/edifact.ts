// UN/EDIFACT (ISO 9735): segments of elements of components, with the characters that an interchange chooses in its UNA.

export interface Segment {
  readonly tag: string;
  /** Each element is a list of its components. */
  readonly elements: readonly (readonly string[])[];
}

export interface Delimiters {
  readonly component: string;
  readonly element: string;
  readonly decimal: string;
  readonly release: string;
  readonly terminator: string;
}

export interface Interchange {
  readonly delimiters: Delimiters;
  readonly segments: readonly Segment[];
}

export const DEFAULT_DELIMITERS: Delimiters = {
  component: ':',
  element: '+',
  decimal: '.',
  release: '?',
  terminator: "'",
};
const TAG = /^[A-Z0-9]{2,6}$/;

/** @throws Error in words */
export function readEdifact(text: string, maxSegments: number): Interchange {
  const hasUna = text.startsWith('UNA');
  const delimiters = hasUna ? delimitersIn(text.slice(3, 9)) : DEFAULT_DELIMITERS;
  const segments: Segment[] = [];
  for (const { elements, at } of walk(text, hasUna ? 9 : 0, delimiters)) {
    const [[tag = ''] = [], ...others] = elements;
    if (!TAG.test(tag)) throw new Error(`at character ${at + 1} a segment was expected, got "${tag.slice(0, 20)}"`);
    if (segments.length === maxSegments) throw new Error(`it has more than ${maxSegments} segments`);
    segments.push({ tag, elements: others });
  }
  if (segments.length === 0) throw new Error('it has no segments');
  checkCounts(segments);
  return { delimiters, segments };
}

function delimitersIn(una: string): Delimiters {
  const [component, element, decimal, release, reserved, terminator] = [...una] as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const all = [component, element, release.trim() || '\0', terminator];
  if (
    una.length !== 6 ||
    reserved === undefined ||
    new Set(all).size !== 4 ||
    all.some((one) => /[A-Za-z0-9]/.test(one))
  )
    throw new Error('its UNA does not name six characters that can be told apart');
  return { component, element, decimal, release, terminator };
}

/** One pass, character by character: no input makes it slower than its length. */
function* walk(
  text: string,
  from: number,
  { component, element, release, terminator }: Delimiters,
): Generator<{ elements: string[][]; at: number }> {
  let elements: string[][] = [['']];
  let at = from;
  let begun = from;
  const append = (more: string): void => {
    const last = elements.at(-1)!;
    last[last.length - 1] += more;
  };
  const isEmpty = (): boolean => elements.length === 1 && elements[0]!.length === 1 && elements[0]![0] === '';
  for (; at < text.length; at++) {
    const character = text[at]!;
    // Lines between segments are for people.
    if (isEmpty() && /[\r\n \t]/.test(character)) begun = at + 1;
    else if (character === release && release !== ' ') {
      if (at + 1 === text.length) throw new Error('it ends within an escaped character');
      append(text[++at]!);
    } else if (character === component) elements.at(-1)!.push('');
    else if (character === element) elements.push(['']);
    else if (character === terminator) {
      yield { elements, at: begun };
      elements = [['']];
      begun = at + 1;
    } else append(character);
  }
  if (!isEmpty()) throw new Error('its last segment is not ended');
}

/** What an interchange says of itself has to be so: a part that got lost would go on as the whole. */
function checkCounts(segments: readonly Segment[]): void {
  let message: { at: number; reference: string } | null = null;
  let messages = 0;
  for (const [at, { tag, elements }] of segments.entries()) {
    if (tag === 'UNH') {
      if (message) throw new Error('a message begins before the one before it has ended (UNT)');
      message = { at, reference: elements[0]?.[0] ?? '' };
    } else if (tag === 'UNT') {
      if (!message) throw new Error('a message ends (UNT) that did not begin (UNH)');
      const counted = at - message.at + 1;
      if (Number(elements[0]?.[0]) !== counted)
        throw new Error(`a message says that it has ${elements[0]?.[0]} segments, and has ${counted}`);
      if ((elements[1]?.[0] ?? '') !== message.reference) throw new Error('the references of UNH and UNT differ');
      message = null;
      messages++;
    } else if (tag === 'UNZ' && !segments.some((one) => one.tag === 'UNG') && Number(elements[0]?.[0]) !== messages)
      throw new Error(`the interchange says that it has ${elements[0]?.[0]} messages, and has ${messages}`);
  }
  if (message) throw new Error('its last message is not ended (UNT)');
}

/** @throws Error in words */
export function writeEdifact({
  segments,
  delimiters = DEFAULT_DELIMITERS,
}: {
  readonly segments: readonly Segment[];
  readonly delimiters?: Delimiters;
}): string {
  const { component, element, decimal, release, terminator } = delimiters;
  delimitersIn(`${component}${element}${decimal}${release} ${terminator}`);
  const special = new Set([component, element, release, terminator]);
  const escaped = (text: string): string => [...text].map((one) => (special.has(one) ? release + one : one)).join('');
  const lines = segments.map(({ tag, elements }) => {
    if (!TAG.test(tag)) throw new Error(`"${tag.slice(0, 20)}" is no tag of a segment`);
    return `${[tag, ...elements.map((parts) => trimmed(parts).map(escaped).join(component))].join(element)}${terminator}`;
  });
  return `UNA${component}${element}${decimal}${release} ${terminator}${lines.join('')}`;
}

/** Components without value at the end are left out. */
function trimmed(parts: readonly string[]): readonly string[] {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1);
}
