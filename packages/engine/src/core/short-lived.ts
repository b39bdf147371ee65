// A map for what comes and goes thousands of times a second.

/**
 * As a `Map`, for values that stay for milliseconds. V8 gives a map a new table every few hundred changes and leaves in the
 * old one what it held, with a reference to the new one. Once one such table has reached the old generation, it and all
 * that follow it keep their values until the whole heap is collected: half of all garbage then outlived the
 * collections meant for it. Here the tables hold numbers only; a value stands in a list and leaves it when it is deleted.
 */
export class ShortLived<K, V> {
  readonly #places = new Map<K, number>();
  readonly #values: (V | undefined)[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#places.size;
  }

  has(key: K): boolean {
    return this.#places.has(key);
  }

  get(key: K): V | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#values[place];
  }

  set(key: K, value: V): void {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#free.pop() ?? this.#values.length;
      this.#places.set(key, place);
    }
    this.#values[place] = value;
  }

  /** @returns what was there */
  take(key: K): V | undefined {
    const place = this.#places.get(key);
    if (place === undefined) return undefined;
    const value = this.#values[place];
    this.#values[place] = undefined;
    this.#places.delete(key);
    this.#free.push(place);
    return value;
  }

  /** In the order in which the keys came. */
  *[Symbol.iterator](): Generator<[K, V]> {
    for (const [key, place] of this.#places) yield [key, this.#values[place]!];
  }

  keys(): Iterable<K> {
    return this.#places.keys();
  }

  clear(): void {
    this.#places.clear();
    this.#values.length = 0;
    this.#free.length = 0;
  }
}
