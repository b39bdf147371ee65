// A list of the read model, whole.

import type { Page, Paged } from '@sluice/engine';

export async function everyPage<T>(ask: (page: Page) => Promise<Paged<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask({ limit: 500, cursor });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}
