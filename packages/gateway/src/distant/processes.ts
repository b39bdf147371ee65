// Processes of a platform elsewhere, by its API: for a gateway that has no engine of its own.

import { type Body, excerpt, SluiceError } from '@sluice/protocol';
import { Agent, type Dispatcher } from 'undici';
import type { Processes, ProcessResult, WholeRequest } from '../ports/processes.ts';

/** Beside what the platform waits itself. */
const GRACE_MS = 10_000;
const MOST_BYTES = 256 * 1024 * 1024;
const OWN_HEADERS = new Set([
  'content-length',
  'content-type',
  'connection',
  'keep-alive',
  'date',
  'transfer-encoding',
]);

export interface DistantOptions {
  /** Address of the platform, such as `https://engine.example.com`. */
  readonly url: string;
  /** With the scope `run` and `process:read`. */
  readonly token: string;
}

interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export function distantProcesses({ url, token }: DistantOptions): Processes & { close(): Promise<void> } {
  const agent = new Agent({ connections: 128, pipelining: 1, keepAliveTimeout: 30_000 });
  const base = url.replace(/\/+$/, '');

  const ask = async (path: string, waitMs: number, request?: WholeRequest): Promise<Said> => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (request) {
      Object.assign(headers, request.headers);
      if (request.contentType !== '') headers['content-type'] = request.contentType;
      if (request.idempotencyKey !== undefined) headers['idempotency-key'] = request.idempotencyKey;
    }
    const { origin, pathname, search } = new URL(base + path);
    try {
      const answer = await agent.request({
        origin,
        path: pathname + search,
        method: request ? 'POST' : 'GET',
        headers,
        headersTimeout: waitMs + GRACE_MS,
        bodyTimeout: GRACE_MS,
        ...(request ? { body: request.body as string | Buffer, signal: request.signal } : {}),
      });
      return { status: answer.statusCode, headers: answer.headers, body: await wholeOf(answer.body) };
    } catch (cause) {
      if (cause instanceof SluiceError) throw cause;
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
        throw new SluiceError('gateway.engine_silent', { waitedMs: waitMs + GRACE_MS }, { cause });
      throw new SluiceError('gateway.engine_away', { reason: code ?? message, retryAfterMs: 1_000 }, { cause });
    }
  };
  const runPath = (topology: string, node: string, { user }: WholeRequest): string =>
    `/run/${encodeURIComponent(topology)}/${encodeURIComponent(node)}?user=${encodeURIComponent(user)}`;

  return {
    async start(topology, node, request) {
      const said = await ask(runPath(topology, node, request), 0, request);
      if (said.status !== 202) throw refusal(said);
      return { processId: processIdOf(said) };
    },
    async ask(topology, node, request, waitMs) {
      const said = await ask(`${runPath(topology, node, request)}&wait=${waitMs}ms`, waitMs, request);
      const processId = processIdOf(said);
      return { processId, result: resultOf(said) };
    },
    async result(processId) {
      return resultOf(await ask(`/api/v1/processes/${encodeURIComponent(processId)}/answer`, 0));
    },
    close: () => agent.close(),
  };
}

async function wholeOf(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new SluiceError('gateway.upstream_broke', { reason: 'its answer is too large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function processIdOf({ headers, body, ...said }: Said): string {
  const given = headers['sluice-process-id'];
  if (typeof given === 'string') return given;
  const { processId } = jsonOf(body) as { processId?: unknown };
  if (typeof processId === 'string') return processId;
  throw refusal({ headers, body, ...said });
}

/** An answer of the platform that is no answer of a process bears its problem type. */
function resultOf(said: Said): ProcessResult {
  const { status, headers, body } = said;
  const contentType = String(headers['content-type'] ?? '');
  const answered = headers['sluice-answer'] === 'yes';
  if (!answered) {
    if (status >= 300) throw refusal(said);
    const { status: state } = jsonOf(body) as { status?: unknown };
    return state === 'completed' || state === 'cancelled' ? { kind: 'ended', status: state } : { kind: 'running' };
  }
  const own = Object.entries(headers).filter(
    ([name, value]) => typeof value === 'string' && !OWN_HEADERS.has(name) && !name.startsWith('sluice-'),
  );
  return {
    kind: 'answer',
    status,
    headers: Object.fromEntries(own) as Record<string, string>,
    contentType,
    body: body as Body,
  };
}

function refusal({ status, body }: Said): SluiceError {
  const { code, detail, title } = jsonOf(body) as Record<string, unknown>;
  const reason = excerpt(String(detail ?? title ?? `it answered ${status}`));
  if (code === 'process.unknown')
    return new SluiceError('process.unknown', { id: 'of this address' }) as unknown as SluiceError;
  return new SluiceError('gateway.engine_refused', {
    reason,
    // The token is the gateway's, not the client's.
    httpStatus: status === 401 || status === 403 || status < 400 ? 502 : status,
    ...(typeof code === 'string' ? { as: code } : {}),
  }) as unknown as SluiceError;
}

function jsonOf(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
