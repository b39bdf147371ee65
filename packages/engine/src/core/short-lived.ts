// A map for what comes and goes thousands of times a second.

/** Entries of a new map, and of one that was cleared. */
const FIRST_ENTRIES = 32;
/** So many characters at the end of a text tell it from others: of an id they are chance, or a digest. */
const HASHED_CHARS = 8;
const NONE = -1;

/**
 * As a `Map`, for what stays for milliseconds. V8 gives a map a new table every few hundred changes, and leaves in the old one
 * what it held, with a reference to the new one. Once one such table has reached the old generation, it and all that
 * follow it keep their entries until the whole heap is collected: half of all garbage then outlived the collections
 * meant for it. Here an entry leaves with nothing left behind, and its place is for the next one.
 */
export class ShortLived<K extends string | number, V> {
  /**
   * By the hash of a key, or where the next is free behind it: the place of its entry and one, or 0. At most half of it is in
   * use, so that what is looked for is not far.
   */
  #table = new Int32Array(FIRST_ENTRIES * 2);
  // Of the entry at each place.
  readonly #keys: (K | undefined)[] = [];
  readonly #values: (V | undefined)[] = [];
  readonly #hashes: number[] = [];
  /** When it came; 0 when it is gone. */
  readonly #turns: number[] = [];
  readonly #before: number[] = [];
  readonly #after: number[] = [];
  readonly #free: number[] = [];
  #oldest = NONE;
  #newest = NONE;
  #turn = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(key: K): boolean {
    return this.#find(key) !== NONE;
  }

  get(key: K): V | undefined {
    const at = this.#find(key);
    return at === NONE ? undefined : this.#values[this.#table[at]! - 1];
  }

  set(key: K, value: V): void {
    const hash = hashOf(key);
    const at = this.#find(key, hash);
    if (at !== NONE) {
      this.#values[this.#table[at]! - 1] = value;
      return;
    }
    if (this.#size * 2 >= this.#table.length) this.#grow();
    const place = this.#free.pop() ?? this.#keys.length;
    this.#keys[place] = key;
    this.#values[place] = value;
    this.#hashes[place] = hash;
    this.#turns[place] = ++this.#turn;
    this.#before[place] = this.#newest;
    this.#after[place] = NONE;
    if (this.#newest === NONE) this.#oldest = place;
    else this.#after[this.#newest] = place;
    this.#newest = place;
    this.#size++;
    this.#enter(place);
  }

  /** @returns what was there */
  take(key: K): V | undefined {
    const at = this.#find(key);
    if (at === NONE) return undefined;
    const place = this.#table[at]! - 1;
    const value = this.#values[place];
    this.#leave(at);
    this.#keys[place] = undefined;
    this.#values[place] = undefined;
    this.#turns[place] = 0;
    const before = this.#before[place]!;
    const after = this.#after[place]!;
    if (before === NONE) this.#oldest = after;
    else this.#after[before] = after;
    if (after === NONE) this.#newest = before;
    else this.#before[after] = before;
    this.#free.push(place);
    this.#size--;
    return value;
  }

  /** In the order in which the keys came. What is taken meanwhile is not told, and what comes is. */
  *[Symbol.iterator](): Generator<[K, V]> {
    for (let place = this.#oldest; place !== NONE; ) {
      const turn = this.#turns[place]!;
      yield [this.#keys[place]!, this.#values[place]!];
      place = this.#turns[place] === turn ? this.#after[place]! : this.#firstBehind(turn);
    }
  }

  *keys(): Generator<K> {
    for (const [key] of this) yield key;
  }

  clear(): void {
    this.#table = new Int32Array(FIRST_ENTRIES * 2);
    for (const list of [this.#keys, this.#values, this.#hashes, this.#turns, this.#before, this.#after, this.#free])
      list.length = 0;
    this.#oldest = NONE;
    this.#newest = NONE;
    this.#size = 0;
  }

  /** Where a key stands in the table. */
  #find(key: K, hash = hashOf(key)): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const place = table[at]! - 1;
      if (place < 0) return NONE;
      if (this.#hashes[place] === hash && this.#keys[place] === key) return at;
    }
  }

  #enter(place: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let at = this.#hashes[place]! & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = place + 1;
  }

  /** What stands behind the gap because it found its own place taken moves up, or nobody would find it any more. */
  #leave(at: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let gap = at;
    for (let next = (gap + 1) & mask; table[next] !== 0; next = (next + 1) & mask) {
      const home = this.#hashes[table[next]! - 1]! & mask;
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      table[gap] = table[next]!;
      gap = next;
    }
    table[gap] = 0;
  }

  #grow(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    for (let place = this.#oldest; place !== NONE; place = this.#after[place]!) this.#enter(place);
  }

  #firstBehind(turn: number): number {
    let place = this.#oldest;
    while (place !== NONE && this.#turns[place]! < turn) place = this.#after[place]!;
    return place;
  }
}

/** Of anything: what is asked for may come from a wire, and then it is only said to be a key. */
function hashOf(key: string | number): number {
  if (typeof key !== 'string') return key | 0;
  let hash = key.length;
  for (let index = Math.max(0, key.length - HASHED_CHARS); index < key.length; index++)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}
