// Endpoints as steps: one connector or batch for each row of a table.

import { createHash } from 'node:crypto';
import type { JsonSchema } from '@sluice/protocol';
import type { Application } from '../application/application.ts';
import { path } from '../http/path.ts';
import type { RequestOptions } from '../http/request.ts';
import type { HttpResponse } from '../http/response.ts';
import type { Context } from '../step/context.ts';
import { Fail } from '../step/errors.ts';
import { pick, schema } from '../step/json-schema.ts';
import type { Message } from '../step/message.ts';
import { type AnyStep, AppBatch, AppConnector, type BatchResult } from '../step/step.ts';
import { type Common, type Endpoint, type EndpointTable, type Input, namesIn, type Properties } from './endpoint.ts';
import type { Paging } from './paging.ts';
import { partOf } from './pointer.ts';

type Query = NonNullable<RequestOptions['query']>;

/** The connectors of a table, for one application. */
export function stepsOf(application: Application, table: EndpointTable, common: Common = {}): AnyStep[] {
  return Object.entries(table).map(([name, own]) => {
    const isList = own.paging !== undefined || (common.list?.paging !== undefined && /^(list|search)-/.test(name));
    const { list, ...of } = common;
    const endpoint = { ...of, ...(isList && list), ...own };
    const input = inputs.get(own) ?? inputOf(endpoint);
    inputs.set(own, input);
    return isList && endpoint.paging
      ? new EndpointBatch(application, name, { ...endpoint, input }, endpoint.paging)
      : new EndpointConnector(application, name, { ...endpoint, input });
  });
}

/** A schema is compiled once, however many applications have the connector. */
const inputs = new WeakMap<Endpoint, JsonSchema>();
type Described = Endpoint & { readonly input: JsonSchema };

class EndpointConnector extends AppConnector {
  readonly name: string;
  override readonly description;
  override readonly input;
  override readonly output;
  readonly #endpoint: Endpoint;

  constructor(application: Application, name: string, endpoint: Described) {
    super(application);
    this.name = `${application.key}-${name}`;
    this.description = endpoint.description;
    this.input = endpoint.input;
    this.output = endpoint.output;
    this.#endpoint = endpoint;
  }

  async process(message: Message, context: Context): Promise<unknown> {
    const { from = '', gives } = this.#endpoint;
    const input = await whole(this.#endpoint, message, context);
    const response = await send(this.#endpoint, input, context);
    return gives ? gives(input, response) : found(response, response.json(), from);
  }
}

class EndpointBatch extends AppBatch {
  readonly name: string;
  override readonly description;
  override readonly input;
  override readonly output;
  readonly #endpoint: Endpoint;
  readonly #paging: Paging;

  constructor(application: Application, name: string, endpoint: Described, paging: Paging) {
    super(application);
    this.name = `${application.key}-${name}`;
    this.description = endpoint.description;
    this.input = endpoint.input;
    this.output = endpoint.output;
    this.#endpoint = endpoint;
    this.#paging = paging;
  }

  async process(message: Message, context: Context): Promise<BatchResult> {
    const { cursor } = context;
    const input = await whole(this.#endpoint, message, context);
    const response = await send(this.#endpoint, input, context, this.#paging);
    if (response.status === 204) return { items: [] };
    const answer = response.json();
    // Some services say "none" by null.
    const items = found(response, answer, this.#endpoint.from ?? '') ?? [];
    if (!Array.isArray(items)) throw otherThan(response, 'a list', this.#endpoint.from);
    const next = this.#paging.next({ response, answer, items, cursor });
    return { items, ...(next !== undefined && { cursor: next }) };
  }
}

function inputOf({ request, path: places = {}, query, body, needs = [], fallback = {} }: Endpoint) {
  const names = namesIn(request);
  const inPath = Object.fromEntries(names.map((name) => [name, places[name] ?? schema.text(`The ${name}`)]));
  const required = [...names, ...needs].filter((name) => !Object.hasOwn(fallback, name));
  return schema.object({ ...inPath, ...query, ...body }, required);
}

/** The message, and what the install says beside it. @throws Fail `install.incomplete` when neither has what must be there */
async function whole(endpoint: Endpoint, message: Message, context: Context): Promise<Input> {
  const { request, needs = [], fallback = {}, complete } = endpoint;
  const said = message.json<Input>();
  const given = complete ? await complete(said, context) : said;
  const missing = Object.entries(fallback).filter(([name]) => given[name] === undefined);
  if (missing.length === 0) return given;
  const install = await context.install();
  const mustBe = new Set([...namesIn(request), ...needs]);
  const installed = missing.map(([name, where]) => {
    const [form, field] = where.split('.') as [string, string];
    return [name, mustBe.has(name) ? install.text(form, field) : install.value(form, field)] as const;
  });
  return { ...given, ...Object.fromEntries(installed.filter(([, value]) => value !== undefined && value !== '')) };
}

function send(endpoint: Endpoint, input: Input, context: Context, paging?: Paging): Promise<HttpResponse> {
  const { api, cursor } = context;
  const { request, query = {}, always = {}, repeats = {}, rules } = endpoint;
  const [method, template] = request.split(' ') as [NonNullable<RequestOptions['method']>, string];
  const place = paging?.in ?? 'query';
  const page = paging?.ask(cursor) ?? {};
  const asked = queryOf({ ...always.query, ...theirs(endpoint, input, query) });
  const { header, query: param, most = Number.POSITIVE_INFINITY } = method === 'GET' ? {} : repeats;
  const key = within(context.idempotencyKey, most);
  const { headers, ...content } = contentOf(endpoint, input, place === 'body' ? page : {});
  return api.send(filled(template, input), {
    method,
    query: {
      ...(place === 'whole' && cursor !== null
        ? queryOf(page)
        : { ...asked, ...(place === 'body' ? {} : queryOf(page)) }),
      ...(param && { [param]: key }),
    },
    headers: { ...headers, ...(header && { [header]: key }) },
    ...content,
    ...(rules && { rules }),
  });
}

function contentOf(endpoint: Endpoint, input: Input, page: Input): RequestOptions {
  const { body, always = {}, wrap, form } = endpoint;
  const { headers = {} } = always;
  if (!body && !always.body && Object.keys(page).length === 0) return { headers };
  const given = { ...theirs(endpoint, input, body ?? {}), ...page };
  const json = { ...always.body, ...(wrap ? { [wrap]: given } : given) };
  if (!form) return { headers, json };
  const fields = Object.entries(json).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return { headers: { ...type, ...headers }, body: new URLSearchParams(fields).toString() };
}

/** The members that are there, as the service calls them. */
function theirs({ called = {} }: Endpoint, input: Input, members: Properties): Input {
  const given = Object.entries(pick(input, Object.keys(members)));
  return Object.fromEntries(given.map(([name, value]) => [called[name] ?? name, value]));
}

/** A list without items says nothing. */
const queryOf = (values: Input): Query =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') || undefined : (value as string),
    ]),
  );

/** The same text for the same key, and for no other. */
const within = (key: string, most: number): string =>
  key.length <= most ? key : createHash('sha256').update(key).digest('base64url').slice(0, most);

/** Each value is one segment: it cannot leave its place. */
const filled = (template: string, input: Input): string =>
  template.replace(/\{([^}]+)\}/g, (_, name: string) => path`${input[name] as string}`);

function found(response: HttpResponse, answer: unknown, from: string): unknown {
  const part = partOf(answer, from);
  if (part === undefined) throw otherThan(response, 'an answer', from);
  return part;
}

const otherThan = ({ status }: HttpResponse, what: string, from = ''): Fail =>
  new Fail(`The remote service answered ${status} without ${what}${from && ` at "${from}"`}.`, {
    code: 'step.answer_unexpected',
  });
