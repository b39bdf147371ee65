// Exchanges with real services in a file that a person can read and a repository can hold: JSON, secrets masked.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SluiceError } from '@sluice/protocol';
import { undiciWire, type WireRequest } from '@sluice/sdk';
import { z } from 'zod';
import { maskExchange } from './masking.ts';
import type { Scripted, SeenRequest } from './script.ts';

const BodySchema = z.strictObject({
  json: z.unknown().optional(),
  text: z.string().optional(),
  base64: z.string().optional(),
});
const HeadersSchema = z.record(z.string(), z.string());
const ExchangeSchema = z.strictObject({
  request: z.strictObject({ method: z.string(), url: z.url(), headers: HeadersSchema, body: BodySchema.optional() }),
  response: z.strictObject({
    status: z.number().int().min(100).max(599),
    headers: HeadersSchema,
    body: BodySchema.optional(),
  }),
});
const FileSchema = z.strictObject({ exchanges: z.array(ExchangeSchema) });

export type RecordedBody = z.infer<typeof BodySchema>;
export type Exchange = z.infer<typeof ExchangeSchema>;

/** What is different every time, or belongs to one connection. */
const PASSING = new Set([
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
]);

export class Recording {
  readonly #file: string | URL;
  readonly #writes: boolean;
  readonly #exchanges: Exchange[];
  readonly #used = new Set<Exchange>();

  private constructor(file: string | URL, writes: boolean, exchanges: Exchange[]) {
    this.#file = file;
    this.#writes = writes;
    this.#exchanges = exchanges;
  }

  static write(file: string | URL): Recording {
    return new Recording(file, true, []);
  }

  /** @throws SluiceError `test.recording_invalid` */
  static read(file: string | URL): Recording {
    const invalid = (problems: readonly string[]): never => {
      throw new SluiceError('test.recording_invalid', { file: String(file), problems });
    };
    if (!existsSync(file)) return invalid(['there is no such file']);
    let raw: unknown;
    try {
      raw = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      return invalid([(error as Error).message]);
    }
    const parsed = FileSchema.safeParse(raw);
    if (!parsed.success)
      return invalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
    return new Recording(file, false, parsed.data.exchanges);
  }

  async answer(request: SeenRequest, wire: WireRequest): Promise<Scripted | null> {
    return this.#writes ? this.#record(request, wire) : this.#replay(request);
  }

  async #record(request: SeenRequest, wire: WireRequest): Promise<Scripted> {
    const answer = await undiciWire(wire);
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const headers = Object.fromEntries(
      Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as const],
      ),
    );
    const exchange: Exchange = {
      request: { method: request.method, url: request.url, headers: { ...request.headers }, ...recorded(request.body) },
      response: {
        status: answer.status,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !PASSING.has(name))),
        ...recorded(body),
      },
    };
    this.#exchanges.push(maskExchange(exchange));
    return { status: answer.status, headers, body };
  }

  async #replay(request: SeenRequest): Promise<Scripted | null> {
    const { request: wanted } = maskExchange({
      request: { method: request.method, url: request.url, headers: {}, ...recorded(request.body) },
      response: { status: 200, headers: {} },
    });
    const found = this.#exchanges.find(
      (exchange) =>
        !this.#used.has(exchange) &&
        exchange.request.method === wanted.method &&
        exchange.request.url === wanted.url &&
        JSON.stringify(exchange.request.body) === JSON.stringify(wanted.body),
    );
    if (!found) return null;
    this.#used.add(found);
    const { status, headers, body = {} } = found.response;
    if (body.json !== undefined) return { status, headers, json: body.json };
    return { status, headers, body: body.text ?? Buffer.from(body.base64 ?? '', 'base64') };
  }

  get expected(): readonly string[] {
    return this.#exchanges.map(
      (exchange) => `${exchange.request.method} ${exchange.request.url}${this.#used.has(exchange) ? ' (came)' : ''}`,
    );
  }

  get left(): readonly string[] {
    if (this.#writes) return [];
    return this.#exchanges
      .filter((exchange) => !this.#used.has(exchange))
      .map(({ request }) => `recorded request ${request.method} ${request.url}`);
  }

  close(): void {
    if (this.#writes) writeFileSync(this.#file, `${JSON.stringify({ exchanges: this.#exchanges }, null, 2)}\n`);
  }
}

/** A body as text where it is text, with its JSON where it is JSON. */
export function readBody(body: string | Uint8Array | null): { body: string | Uint8Array; json?: unknown } {
  if (body === null) return { body: '' };
  let text: string;
  try {
    text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { body }; // bytes
  }
  try {
    return { body: text, json: JSON.parse(text) };
  } catch {
    return { body: text };
  }
}

function recorded(raw: string | Uint8Array): { body?: RecordedBody } {
  const { body, json } = readBody(raw);
  if (json !== undefined) return { body: { json } };
  if (typeof body === 'string') return body === '' ? {} : { body: { text: body } };
  return { body: { base64: Buffer.from(body).toString('base64') } };
}
