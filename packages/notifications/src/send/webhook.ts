// A notice as a POST. With a secret it is signed as requests to workers are: HMAC-SHA256 over time, path and body.

import { createHmac } from 'node:crypto';
import { type ChannelView, SIGNATURE_HEADER, signedPrefix, writeSignature } from '@sluice/protocol';
import type { Notice } from '../watch/words.ts';

const TIMEOUT_MS = 20_000;
/** The same for every attempt: a receiver tells by it what it has already. */
export const DELIVERY_HEADER = 'sluice-delivery';

export async function sendWebhook(
  { url }: Extract<ChannelView, { kind: 'webhook' }>,
  secret: string | null,
  id: string,
  notice: Notice,
): Promise<void> {
  const body = JSON.stringify({ id, ...notice });
  const { pathname, search } = new URL(url);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Sluice',
      [DELIVERY_HEADER]: id,
      ...(secret === null ? {} : { [SIGNATURE_HEADER]: signatureOf(secret, `${pathname}${search}`, body) }),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: Error) => {
    throw new Error(`No answer came: ${reasonOf(cause)}.`, { cause });
  });
  // The connection is only free again when the answer was read, and nobody needs what it says.
  await response.body?.cancel();
  if (!response.ok) throw new Error(`It answered ${response.status}.`);
}

function signatureOf(secret: string, path: string, body: string): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const mac = createHmac('sha256', secret).update(signedPrefix(seconds, path)).update(body).digest('hex');
  return writeSignature(seconds, [mac]);
}

function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
}
