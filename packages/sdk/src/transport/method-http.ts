// Calls of methods by http: the request of the platform is the request of the method, both bodies as they come.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type HttpMethod,
  METHOD_ANSWER_HEADER,
  METHOD_OUTCOME_HEADER,
  METHOD_USER_HEADER,
  type MethodCall,
  methodHeaders,
  methodSigned,
  SIGNATURE_HEADER,
} from '@sluice/protocol';
import { runMethod } from '../application/method-runner.ts';
import { Abort } from '../step/abort.ts';
import type { Catalogue } from '../step/catalogue.ts';
import type { Host } from '../step/host.ts';
import { signatureFault } from './verify.ts';

const PATH = /^\/methods\/([^/?]+)\/([^/?]+)((?:\/[^?]*)?)(?:\?(.*))?$/s;
const MOST_MS = 3_600_000;

export interface MethodServing {
  readonly catalogue: Catalogue;
  readonly host: Host;
  readonly secret: string | undefined;
}

/** @returns false when the request is none of a method */
export function serveMethod(serving: MethodServing, request: IncomingMessage, response: ServerResponse): boolean {
  const match = PATH.exec(request.url ?? '');
  if (!match) return false;
  const { catalogue, host, secret } = serving;
  const user = decodeURIComponent(String(request.headers[METHOD_USER_HEADER] ?? 'default'));
  const httpMethod = request.method as HttpMethod;
  const fault =
    secret &&
    signatureFault(
      secret,
      request.headers[SIGNATURE_HEADER],
      request.url!,
      Buffer.from(methodSigned({ httpMethod, user })),
    );
  if (fault) {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'Error', message: fault }));
    return true;
  }
  const call: MethodCall = {
    application: decodeURIComponent(match[1]!),
    name: decodeURIComponent(match[2]!),
    user,
    httpMethod,
    path: match[3]!,
    query: match[4] ?? '',
    headers: methodHeaders(request.headers),
    timeoutMs: Math.min(Number(request.headers['sluice-timeout-ms']) || 60_000, MOST_MS),
  };
  void respond(catalogue, host, call, request, response);
  return true;
}

async function respond(
  catalogue: Catalogue,
  host: Host,
  call: MethodCall,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const abort = new Abort();
  response.once('close', () => {
    if (!response.writableFinished) abort.abort(new Error('the caller is gone'));
  });
  const { head, body } = await runMethod(catalogue, call, request, host, abort);
  if (response.destroyed) return;
  if (!head.ok) {
    const text = JSON.stringify(head.outcome);
    response.writeHead(200, { 'content-type': 'application/json', [METHOD_OUTCOME_HEADER]: head.outcome.kind });
    response.end(text);
    return;
  }
  response.writeHead(head.status, { ...head.headers, [METHOD_ANSWER_HEADER]: call.name });
  response.flushHeaders();
  // A body that breaks off ends the connection, so that nobody takes it for a whole one.
  await pipeline(Readable.from(body, { objectMode: false }), response).catch(() => response.destroy());
}
