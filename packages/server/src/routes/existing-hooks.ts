// The addresses that workers of the existing wire give to services they subscribe to by themselves. The token is the secret;
// whose event it is, the document says that the worker has posted.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Parts, Routes } from './parts.ts';
import { carried, startOf } from './run.ts';

interface Hook {
  Params: { topology: string; node: string; token: string };
}

/** Of the document, what a delivery needs. */
const WebhookDocument = z.looseObject({
  user: z.string().min(1),
  topology: z.string(),
  node: z.string(),
  token: z.string().min(16),
  unsubscribeFailed: z.boolean().nullish(),
  deleted: z.unknown(),
});
type WebhookDocument = z.infer<typeof WebhookDocument>;

/** How the services that most workers subscribe to name a delivery. */
const DELIVERY_HEADERS = ['x-github-delivery', 'x-shopify-webhook-id', 'webhook-id'];

declare module 'fastify' {
  interface FastifyRequest {
    webhookDocument: WebhookDocument | null;
  }
}

export const existingHookRoutes: Routes = (app, parts) => {
  const { engine } = parts;
  app.decorateRequest('webhookDocument', null);
  const options = {
    config: { open: 'services have no token of ours: the one in the address is the secret' },
    schema: describe({ summary: 'Deliver an event (existing workers)', tag: 'existing workers' }),
    onRequest: async (request: FastifyRequest<Hook>): Promise<void> => {
      request.webhookDocument = await documentOf(parts, request.params, request.ip);
    },
  };
  const deliver = async (request: FastifyRequest<Hook>, reply: FastifyReply): Promise<FastifyReply> => {
    const { topology, node, user, token } = request.webhookDocument!;
    const start = startOf(request as FastifyRequest, user);
    const { processId } = await engine.run(topology, node, {
      ...start,
      headers: carried(request.headers),
      idempotencyKey: keyOf(request as FastifyRequest, token),
    });
    return reply.code(200).send({ correlation_id: processId, started: 1, state: 'ok' });
  };
  // The one that the SDK of generation 4 writes, and the one of generation 5.
  app.post<Hook>('/webhook/topologies/:topology/nodes/:node/token/:token', options, deliver);
  app.post<Hook>('/topologies/:topology/nodes/:node/token/:token/run', options, deliver);
};

/** @throws SluiceError `webhook.unknown`, `webhook.too_many` */
async function documentOf(
  { records, integration }: Parts,
  { topology, node, token }: Hook['Params'],
  from: string,
): Promise<WebhookDocument> {
  const wanted = digest(token);
  let found: WebhookDocument | null = null;
  // Every document is compared: how long it takes does not say how near a guess was.
  for (const { value } of await records.list('document/Webhook')) {
    const document = WebhookDocument.safeParse(value);
    if (!document.success || !timingSafeEqual(digest(document.data.token), wanted)) continue;
    const { data } = document;
    if (data.topology === topology && data.node === node && !data.deleted && data.unsubscribeFailed !== true)
      found = data;
  }
  if (found) return found;
  throw integration.deliveries.strangerAt(from);
}

function keyOf({ headers }: FastifyRequest, token: string): string | undefined {
  const id = DELIVERY_HEADERS.map((name) => headers[name]).find((value) => typeof value === 'string' && value !== '');
  return id === undefined ? undefined : `webhook:${digest(`${token}\n${String(id)}`).toString('base64url')}`;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
