// The stream of changes (server-sent events), read with fetch: the same session or token as every other call.

import type { EventView, LedgerView } from '@sluice/protocol';
import type { Http } from '../http/http.ts';

export type LiveChange =
  /** The stream stands. */
  | { readonly kind: 'open' }
  | { readonly kind: 'event'; readonly event: EventView }
  /** Where all messages are, whenever that has changed. */
  | { readonly kind: 'counts'; readonly ledger: LedgerView }
  /** Something of these is not as it was: `workers`, `installs`, `logs`, `traffic` of the gateway. */
  | { readonly kind: 'changed'; readonly topics: readonly string[] }
  /** The platform stops; it says so before it hangs up. */
  | { readonly kind: 'closing' };

export async function* liveChanges(
  http: Http,
  { after, signal }: { after?: number | undefined; signal?: AbortSignal },
): AsyncGenerator<LiveChange> {
  const chunks = http.stream('/api/v1/events', {
    query: { counts: true, topics: true },
    ...(after === undefined ? {} : { headers: { 'last-event-id': String(after) } }),
    ...(signal ? { signal } : {}),
  });
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const change = changeOf(text.slice(0, end));
      text = text.slice(end + 2);
      if (change) yield change;
    }
  }
}

function changeOf(block: string): LiveChange | null {
  if (block === ': connected') return { kind: 'open' };
  let name = '';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) name = line.slice(7);
    if (line.startsWith('data: ')) data += line.slice(6);
  }
  if (name === 'closing') return { kind: 'closing' };
  if (data === '') return null;
  if (name === 'counts') return { kind: 'counts', ledger: JSON.parse(data) as LedgerView };
  if (name === 'changed') return { kind: 'changed', topics: JSON.parse(data) as string[] };
  return { kind: 'event', event: JSON.parse(data) as EventView };
}
