// How a suite opens a store, and the few acts that every case begins with.

import { test } from 'vitest';
import { addEntries, EMPTY_ENTRY, type LedgerEntry } from '../../core/ledger.ts';
import type { Message } from '../../core/message.ts';
import type { Stores } from '../../ports/stores.ts';
import { acceptance, message, newProcessId, queue } from '../samples.ts';

/** What an adapter may honestly differ in, and how a suite opens it. */
export interface StoresUnderTest {
  readonly name: string;
  open(): Promise<Opened>;
}

export interface Opened {
  stores: Stores;
  /** End as abruptly as the adapter can be ended inside one process, and open the same data again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function withStores(sut: StoresUnderTest, run: (opened: Opened) => Promise<void>): Promise<void> {
  const opened = await sut.open();
  try {
    await run(opened);
  } finally {
    await opened.close();
  }
}

export async function totals(stores: Stores): Promise<LedgerEntry> {
  return [...(await stores.reads.ledger()).values()].reduce(addEntries, EMPTY_ENTRY);
}

export async function acceptOne(stores: Stores, change: Partial<Message> = {}): Promise<Message> {
  const made = message(newProcessId(), 'm', change);
  await stores.messages.accept(acceptance([made]));
  return made;
}

export async function claimOne(stores: Stores, node = 'a'): Promise<Message> {
  const [claimed] = await stores.messages.claim(queue(node), 1);
  if (!claimed) throw new Error(`Nothing was ready at "${node}".`);
  return claimed;
}

/** A test with stores of its own, opened before and closed after it. */
export function cases(sut: StoresUnderTest) {
  return (title: string, run: (stores: Stores, opened: Opened) => Promise<void>, timeoutMs = 30_000): void => {
    test(title, () => withStores(sut, (opened) => run(opened.stores, opened)), timeoutMs);
  };
}
