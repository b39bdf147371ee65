// Exchanges of a described service: inputs and answers are those that the description shows, else made from its schemas.

import type { Json, OperationData, PagesData, ServiceData } from '@sluice/protocol';
import { Application, Operation, OperationBatch, OperationConnector } from '@sluice/sdk';
import { Sampler } from '../sampling/sample.ts';
import type { Exchange } from './exchange.ts';
import { type GivenAnswer, recorded } from './record.ts';

export interface Shown {
  readonly body?: unknown;
  readonly answer?: unknown;
}

export interface Exchanges {
  readonly exchanges: readonly Exchange[];
  /** Operations for which none could be made, with the reason. */
  readonly without: readonly { readonly operation: string; readonly reason: string }[];
}

/** Nobody is asked who they are, so that nothing but the operation is in its request. */
class Nobody extends Application {
  readonly key: string;
  readonly name: string;
  readonly baseUrl = 'https://service.invalid';

  constructor({ key, name }: ServiceData) {
    super();
    this.key = key;
    this.name = name;
  }
}

export async function exchangesOf(service: ServiceData, shown: ReadonlyMap<string, Shown>): Promise<Exchanges> {
  const sampler = new Sampler(service.definitions);
  const application = new Nobody(service);
  const exchanges: Exchange[] = [];
  const without: { operation: string; reason: string }[] = [];
  for (const about of service.operations) {
    const { name } = about;
    const made = await exchangeOf(service, about, shown.get(name) ?? {}, sampler, application);
    if (typeof made === 'string') without.push({ operation: name, reason: made });
    else exchanges.push(made);
  }
  return { exchanges, without };
}

async function exchangeOf(
  service: ServiceData,
  about: OperationData,
  shown: Shown,
  sampler: Sampler,
  application: Application,
): Promise<Exchange | string> {
  const input = inputOf(about, shown, sampler);
  if (input === undefined) return 'no input could be made that its schema takes';
  const operation = new Operation(
    { ...about, ...(about.server === undefined ? {} : { server: 'https://elsewhere.invalid' }) },
    service,
  );
  try {
    if (!about.pages) {
      const answer = answerOf(about, shown, sampler);
      if (!answer) return 'no answer could be made that its schema takes';
      return {
        operation: about.name,
        input,
        calls: [await recorded(new OperationConnector(application, operation), input, answer, null)],
      };
    }
    const step = new OperationBatch(application, operation);
    const item = sampler.sample(about.output ?? {});
    if (item === undefined) return 'no item could be made that its schema takes';
    const first = await recorded(step, input, page(about.pages, [item], true), null);
    const cursor = first.outcome.kind === 'split' ? first.outcome.cursor : undefined;
    if (cursor === undefined) return { operation: about.name, input, calls: [first] };
    return {
      operation: about.name,
      input,
      calls: [first, await recorded(step, input, page(about.pages, [], false), cursor)],
    };
  } catch (error) {
    return (error as Error).message;
  }
}

function inputOf({ input, pages, body }: OperationData, shown: Shown, sampler: Sampler): Json | undefined {
  const made = sampler.sample(input);
  if (typeof made !== 'object' || made === null) return undefined;
  const members = { ...(made as Record<string, Json>) };
  // Lists of one item, so that a page of one is full.
  if (pages && 'size' in pages && pages.size) members[pages.size.parameter] = 1;
  if (pages && 'parameter' in pages) delete members[pages.parameter];
  const isValid = sampler.validator(input);
  const withShown = body && shown.body !== undefined ? { ...members, body: shown.body as Json } : members;
  return [withShown, members, made].find((one) => isValid(one));
}

function answerOf({ answer, output }: OperationData, shown: Shown, sampler: Sampler): GivenAnswer | undefined {
  switch (answer.kind) {
    case 'none':
      return { status: 204, headers: {} };
    case 'location':
      return { status: answer.fine?.[0] ?? 302, headers: { location: 'https://elsewhere.invalid/file' } };
    case 'text':
      return { status: 200, headers: { 'content-type': answer.accept ?? 'text/plain' }, text: 'text' };
    case 'bytes':
      return { status: 200, headers: { 'content-type': answer.accept ?? 'application/octet-stream' }, base64: 'AAEC' };
    case 'json': {
      const json = sampler.sample(output ?? {}, shown.answer);
      return json === undefined ? undefined : { status: 200, headers: JSON_TYPE, json };
    }
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A page with what it says of the next one. */
function page(pages: PagesData, items: readonly Json[], more: boolean): GivenAnswer {
  const answer: Record<string, unknown> = {};
  const json = pages.items === '' ? items : put(answer, pages.items, items);
  if (more && pages.kind === 'cursor') put(answer, pages.next, 'next-1');
  if (more && pages.kind === 'next') put(answer, pages.next, 'https://service.invalid/next?page=2');
  const headers: Record<string, string> = { ...JSON_TYPE };
  if (more && pages.kind === 'link') headers['link'] = '<https://service.invalid/next?page=2>; rel="next"';
  return { status: 200, headers, json };
}

function put(target: Record<string, unknown>, pointer: string, value: unknown): Record<string, unknown> {
  const names = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at = target;
  for (const name of names.slice(0, -1))
    at = (Object.hasOwn(at, name) ? at[name] : define(at, name, {})) as Record<string, unknown>;
  define(at, names.at(-1)!, value);
  return target;
}

function define(target: object, name: string, value: unknown): unknown {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}
