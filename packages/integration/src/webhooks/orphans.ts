// Subscriptions that services have and nobody here knows: of a platform that was restored, or of a call whose answer
// was lost. Found where a service can list what it has, and only among those that lead to our address.

import { type Json, SluiceError, type WebhookCleanAnswer } from '@sluice/protocol';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { Installs } from '../installs/installs.ts';
import { secretIn, shownAddress } from './address.ts';
import type { WebhookBook } from './book.ts';
import { subscriptionsIn } from './subscriber.ts';

interface Parts {
  readonly book: WebhookBook;
  readonly catalogue: ApplicationCatalogue;
  readonly installs: Installs;
  readonly base: string;
  readonly dryRun: boolean;
}
type Orphan = WebhookCleanAnswer['orphans'][number];
type Unasked = WebhookCleanAnswer['unasked'][number];

export async function cleanOrphans(parts: Parts): Promise<WebhookCleanAnswer> {
  const { catalogue, installs, dryRun } = parts;
  const orphans: Orphan[] = [];
  const unasked: Unasked[] = [];
  const seen = new Set<string>();
  for (const { key: application, webhooks } of catalogue.list())
    for (const { user, enabled } of webhooks.length > 0 ? await installs.all(application) : [])
      for (const { name: event } of enabled ? webhooks : []) {
        const of = { application, user, event };
        try {
          const answer = await catalogue.invoke(application, user, { operation: 'webhook.list', event });
          if (answer === null) unasked.push({ ...of, reason: 'The application cannot say what the service has.' });
          for (const orphan of orphansIn(parts, of, answer)) {
            // Services answer the same for several events, and for several users of one account.
            const key = JSON.stringify([application, orphan.reference]);
            if (seen.has(key)) continue;
            seen.add(key);
            orphans.push(dryRun ? orphan : await removed(catalogue, orphan));
          }
        } catch (error) {
          unasked.push({ ...of, reason: reasonOf(error) });
        }
      }
  return { dryRun, orphans, unasked };
}

function orphansIn({ book, base }: Parts, of: Pick<Orphan, 'application' | 'user' | 'event'>, answer: Json): Orphan[] {
  return subscriptionsIn(answer).flatMap(({ reference, url }): Orphan[] => {
    const secret = secretIn(url, base);
    if (secret === null) return [];
    const known = book.bySecret(secret);
    // One that is being made, or ended, is somebody's.
    const ours =
      known && (known.unsure || [...known.stale, known.reference?.value].some((own) => same(own, reference)));
    return ours ? [] : [{ ...of, reference, url: shownAddress(base, secret), removed: false, reason: null }];
  });
}

async function removed(catalogue: ApplicationCatalogue, orphan: Orphan): Promise<Orphan> {
  const { application, user, event, reference } = orphan;
  try {
    await catalogue.invoke(application, user, { operation: 'webhook.unsubscribe', event, reference });
    return { ...orphan, removed: true };
  } catch (error) {
    return { ...orphan, reason: reasonOf(error) };
  }
}

const same = (a: Json | undefined, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

function reasonOf(error: unknown): string {
  if (error instanceof SluiceError) return error.message;
  throw error;
}
