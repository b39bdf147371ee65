// A line in which users take turns: a thousand calls of one user do not keep another one waiting.

export class Line<T> {
  /** By user, the user whose turn is next first. */
  readonly #users = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(user: string, item: T): void {
    const items = this.#users.get(user);
    if (items) items.push(item);
    else this.#users.set(user, [item]);
    this.#size++;
  }

  /** Take the next one out. */
  next(): T | undefined {
    for (const [user, items] of this.#users) {
      const item = items.shift();
      this.#users.delete(user);
      if (items.length > 0) this.#users.set(user, items);
      this.#size--;
      return item;
    }
    return undefined;
  }

  /** @returns false when it is not in the line */
  remove(user: string, item: T): boolean {
    const items = this.#users.get(user);
    const index = items?.indexOf(item) ?? -1;
    if (!items || index < 0) return false;
    items.splice(index, 1);
    if (items.length === 0) this.#users.delete(user);
    this.#size--;
    return true;
  }
}
