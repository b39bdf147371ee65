// `$ref` inside of one document. What it refers to elsewhere is not fetched: a description comes in one piece.

import { below, isObject, type Problem } from './problem.ts';

export interface Found {
  readonly value: unknown;
  readonly pointer: string;
}

const MOST_HOPS = 32;

export class References {
  readonly #document: unknown;
  readonly problems: Problem[] = [];

  constructor(document: unknown) {
    this.#document = document;
  }

  /**
   * What stands at a place, over as many references as it takes.
   * @returns null when there is nothing; why is among the problems
   */
  follow(value: unknown, pointer: string): Found | null {
    let found: Found = { value, pointer };
    for (let hops = 0; isObject(found.value) && typeof found.value['$ref'] === 'string'; hops++) {
      if (hops === MOST_HOPS) return this.#refuse(pointer, 'refers to itself, over other references');
      const next = this.find(found.value['$ref'], found.pointer);
      if (!next) return null;
      found = next;
    }
    return found;
  }

  /** @param from  where the reference stands */
  find(reference: string, from: string): Found | null {
    if (!reference.startsWith('#'))
      return this.#refuse(
        from,
        `refers to "${reference.slice(0, 200)}", outside of this document; bundle it into one file`,
      );
    let value = this.#document;
    let pointer = '';
    for (const part of reference.slice(1).split('/').slice(1)) {
      const member = decoded(part);
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member))
        return this.#refuse(from, `refers to "${reference.slice(0, 200)}", which is not there`);
      value = (value as Record<string, unknown>)[member];
      pointer = below(pointer, member);
    }
    if (reference.length > 1 && !reference.startsWith('#/'))
      return this.#refuse(from, `refers to "${reference.slice(0, 200)}"; only JSON pointers are followed`);
    return { value, pointer };
  }

  #refuse(pointer: string, message: string): null {
    if (!this.problems.some((one) => one.pointer === pointer && one.message === message))
      this.problems.push({ pointer, message });
    return null;
  }
}

function decoded(part: string): string {
  let text = part;
  try {
    text = decodeURIComponent(part);
  } catch {
    // A lone percent sign is itself.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}
