// Synchronous methods of workers of the existing wire: they take a whole JSON body as text and nothing of the headers.

import type { Readable } from 'node:stream';
import { type HttpMethod, SluiceError } from '@sluice/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Parts } from './parts.ts';

/** A worker of the existing wire holds the whole of it in memory, more than once. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

type Existing = Parts['integration']['existing'];

export interface ExistingMethodCall {
  readonly existing: Existing;
  readonly place: Parameters<Existing['callMethod']>[0];
  readonly name: string;
}

/** @throws SluiceError `request.too_large`, and those of `callMethod` */
export async function answerExistingMethod(
  { existing, place, name }: ExistingMethodCall,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const [, query = ''] = request.raw.url!.split(/\?(.*)/s, 2) as [string, string?];
  const answer = await existing.callMethod(place, name, {
    method: request.method as HttpMethod,
    query: query === '' ? '' : `?${query}`,
    body: await textOf((request.body as Readable | undefined) ?? null),
  });
  return reply.code(answer.status).type(answer.contentType).send(answer.body);
}

async function textOf(body: Readable | null): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) throw new SluiceError('request.too_large', { maxBytes: MAX_BODY_BYTES });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
