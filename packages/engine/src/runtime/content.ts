// Claim check: large bodies stay outside the queue and come in only where somebody needs them.

import { type Body, bodyBytes, type KeptBody, plainBody } from '@sluice/protocol';
import type { Message, Payload } from '../core/message.ts';
import type { Context } from './context.ts';

/** Keep a body: in the message when it is small, in the blob store when it is large. */
export function payloadOf(context: Context, processId: string, body: KeptBody): Payload | Promise<Payload> {
  const bytes = bodyBytes(body);
  if (bytes <= context.claimCheckBytes) return { body, blob: null, bytes };
  return context.stores.blobs.put(processId, plainBody(body)).then((blob) => ({ body: null, blob, bytes }));
}

/** @throws SluiceError `message.body_gone` */
export function bodyOf(context: Context, payload: Payload): Body | Promise<Body> {
  return payload.body === null ? context.stores.blobs.get(payload.blob!) : plainBody(payload.body);
}

/** What an expression sees of a message. */
export async function inputOf(
  context: Context,
  message: Pick<Message, 'headers' | 'user' | 'contentType' | 'payload'>,
) {
  return {
    headers: message.headers,
    user: message.user,
    contentType: message.contentType,
    body: await bodyOf(context, message.payload),
  };
}
