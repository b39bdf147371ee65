// The http transport: the platform calls this service by URL, one call a request in the body/headers contract of the
// existing wire, or many in one request.

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import {
  asciiJson,
  CALLS_PATH,
  decodeCall,
  encodeOutcome,
  FRAMES_TYPE,
  framed,
  INVOKE_PATH,
  type Invocation,
  namesFrames,
  onlyFrame,
  packAnswers,
  SIGNATURE_HEADER,
  type StepKind,
  toWireAnswers,
  type Work,
  workFault,
} from '@sluice/protocol';
import { runInvocation } from '../application/invoke.ts';
import { noPlatform, Platform } from '../platform/platform.ts';
import { Abort } from '../step/abort.ts';
import { Catalogue, type Offer, SDK_VERSION } from '../step/catalogue.ts';
import { type Host, type RecordSink, systemHost } from '../step/host.ts';
import { runStep } from '../step/runner.ts';
import { askByHttp } from './ask-http.ts';
import { consoleSink } from './console-sink.ts';
import { serveMethod } from './method-http.ts';
import { signatureFault } from './verify.ts';
import { WorkRunner } from './work.ts';

export interface HandlerOptions extends Offer {
  readonly onRecord?: RecordSink;
  /**
   * The secret that was shown when the worker was registered with `sign`: only requests signed with it are taken.
   * Without it everybody who reaches the port may call.
   */
  readonly secret?: string;
  /** Where installs and storage are asked for; default `SLUICE_URL` and `SLUICE_TOKEN`. */
  readonly platform?: { readonly url: string; readonly token: string };
}

export interface ServeOptions extends HandlerOptions {
  /** 0 (default) takes a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 256 * 1024 * 1024;
const LISTS: Readonly<Record<string, StepKind>> = {
  '/connector/list': 'connector',
  '/batch/list': 'batch',
  '/custom-node/list': 'custom',
};
const ACTION = /^\/(connector|batch|custom-node)\/([^/]+)\/(action|process)(\/test)?$/;

class RequestError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Listen on a port of its own. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { port = 0, host = '127.0.0.1' } = options;
  const serving = servingOf(options);
  const server = createServer(listenerOf(serving));
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as { port: number };
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => void serving.host.clients.close().then(resolve));
        server.closeIdleConnections();
      }),
  };
}

/** A listener for a server that the service already has. Paths that are not of the contract answer 404. */
export const requestHandler = (options: HandlerOptions): RequestListener => listenerOf(servingOf(options));

function servingOf(options: HandlerOptions): Serving {
  const { onRecord = consoleSink, secret } = options;
  if (secret === '')
    throw new Error(
      'The secret of a worker is empty: nobody could be told from the platform. Leave it out to take all.',
    );
  return { catalogue: new Catalogue(options), host: systemHost(onRecord, platformOf(options)), secret };
}

function listenerOf(server: Serving): RequestListener {
  return (request, response) => {
    if (serveMethod(server, request, response)) return;
    handle(server, request, response).catch((error: unknown) => {
      const status = error instanceof RequestError ? error.status : 500;
      answer(response, status, JSON.stringify({ status: 'Error', message: (error as Error).message }));
    });
  };
}

interface Serving {
  readonly catalogue: Catalogue;
  readonly host: Host;
  readonly secret: string | undefined;
}

async function handle(
  { catalogue, host, secret }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0]!;
  const body = await readBody(request);
  const fault = secret && signatureFault(secret, request.headers[SIGNATURE_HEADER], path, body);
  if (fault) throw new RequestError(401, fault);
  const list = LISTS[path];
  if (request.method === 'GET' && list) return answer(response, 200, asciiJson(listOf(catalogue, list)));
  if (request.method === 'GET' && path === '/status')
    return answer(response, 200, JSON.stringify({ sdk: '@sluice/sdk', version: SDK_VERSION }));
  if (path === CALLS_PATH) {
    if (request.method === 'GET') return answer(response, 200, asciiJson(catalogue.manifest));
    if (request.method === 'POST') return answerBatch(catalogue, host, request, body, response);
  }
  if (request.method === 'POST' && path === INVOKE_PATH) {
    const result = await runInvocation(catalogue, jsonOf(body) as Invocation, host, abortOf(response));
    return answer(response, 200, asciiJson(result));
  }
  const match = ACTION.exec(path);
  if (!match) throw new RequestError(404, `There is no ${request.method} ${path} here.`);
  const kind: StepKind = match[1] === 'custom-node' ? 'custom' : (match[1] as StepKind);
  const name = decodeURIComponent(match[2]!);
  if (match[4]) {
    if (!catalogue.find(kind, name)) throw new RequestError(400, `There is no ${kind} "${name}".`);
    return answer(response, 200, '[]');
  }
  if (request.method !== 'POST') throw new RequestError(405, `${path} takes POST, got ${request.method}.`);
  const call = decodeCall(kind, name, jsonOf(body));
  const outcome = await runStep(catalogue, call, host, abortOf(response));
  answer(response, 200, encodeOutcome(call, outcome));
}

function abortOf(response: ServerResponse): Abort {
  const gone = new Abort();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new Error('the platform no longer waits'));
  });
  return gone;
}

function platformOf({ platform }: HandlerOptions): Platform {
  const { url, token } = platform ?? { url: process.env.SLUICE_URL, token: process.env.SLUICE_TOKEN };
  return url && token ? new Platform(askByHttp(url, token)) : noPlatform;
}

/** Answers leave as lines or frames while other calls of the batch still run. */
function answerBatch(
  catalogue: Catalogue,
  host: Host,
  { headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const work = namesFrames(headers['content-type']) ? frameOf(body) : jsonOf(body);
  const fault = workFault(work);
  if (fault) throw new RequestError(400, fault);
  const packs = namesFrames(headers.accept);
  response.writeHead(200, { 'content-type': packs ? FRAMES_TYPE : 'application/x-ndjson' });
  const runner: WorkRunner = new WorkRunner(catalogue, host, (answers) => {
    const piece = packs ? framed(packAnswers(answers)) : `${JSON.stringify({ answers: toWireAnswers(answers) })}\n`;
    if (runner.open === 0) response.end(piece);
    else response.write(piece);
  });
  response.once('close', () => {
    if (!response.writableFinished) runner.stop('the platform no longer waits');
  });
  runner.take(work as Work);
  if (runner.open === 0) response.end();
}

function listOf(catalogue: Catalogue, kind: StepKind): { name: string; app?: string }[] {
  return catalogue.manifest.actions
    .filter((action) => action.kind === kind)
    .map(({ name, application }) => (application ? { name, app: application } : { name }))
    .sort((a, b) => a.name.toLowerCase().localeCompare(b.name.toLowerCase()));
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(new RequestError(413, `The request is larger than ${MAX_BODY_BYTES} bytes.`));
    });
    request.on('error', reject);
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
  });
}

function jsonOf(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new RequestError(400, `The request is not JSON: ${(error as Error).message}`);
  }
}

function frameOf(body: Buffer): unknown {
  try {
    return onlyFrame(body);
  } catch (error) {
    throw new RequestError(400, (error as Error).message);
  }
}

function answer(response: ServerResponse, status: number, body: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
