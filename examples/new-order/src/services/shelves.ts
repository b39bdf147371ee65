/** What is in stock. Booking is idempotent: a key counts once, however often it comes. */
export class Shelves {
  readonly #levels = new Map<string, number>();
  readonly #booked = new Set<string>();
  /** Bookings that came again and changed nothing. */
  repeated = 0;

  book(key: string, lines: readonly { readonly sku: string; readonly quantity: number }[]): boolean {
    if (this.#booked.has(key)) {
      this.repeated++;
      return false;
    }
    this.#booked.add(key);
    for (const { sku, quantity } of lines) this.#levels.set(sku, (this.#levels.get(sku) ?? 1_000) - quantity);
    return true;
  }

  get bookings(): number {
    return this.#booked.size;
  }

  levels(): Record<string, number> {
    return Object.fromEntries([...this.#levels].sort());
  }
}
