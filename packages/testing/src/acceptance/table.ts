// Exchanges of a regular API in few words: for each connector a request as the description of the service has it, and its answer.

import type { ApplicationCaseInput, ExchangeSet, ServiceFileInput } from './files.ts';

/** A JSON value: checked as the table is read. */
type Json = unknown;

interface Shown {
  readonly title?: string;
  readonly input?: Json;
  /** `GET /path?name=value`, with all of the query. */
  readonly request?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole body. */
  readonly json?: Json;
  readonly form?: Readonly<Record<string, string | readonly string[]>>;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** Default 200. */
  readonly status?: number;
  /** JSON; without it the answer has no body. */
  readonly answer?: Json;
  /** Where what is given stands in the answer, or the items of a page do. */
  readonly from?: string;
  /** What is given, when it is no part of the answer. */
  readonly gives?: Json;
  /** Of a list: each page with its request, its answer, and the cursor that it leads on to. */
  readonly pages?: readonly PageShown[];
  /** The refusal of the service: `shop.not_found: No such order`. */
  readonly fails?: `${string}: ${string}`;
}

type PageShown =
  | readonly [request: string, answer: Json, cursor?: string]
  | {
      readonly request: string;
      readonly json?: Json;
      readonly answer: Json;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cursor?: string;
    };

export interface Row extends Shown {
  /** `GET /tasks/{task_id}`. */
  readonly endpoint: string;
  /** Where the service describes it. */
  readonly see: string;
  /** Members of the input that must be there; default: those that the endpoint has in braces. */
  readonly needs?: readonly string[];
  /** Inputs that are not taken, and what is said of them. */
  readonly refused?: readonly (readonly [input: Json, says: string])[];
  /** A list that the service always gives whole. */
  readonly onePage?: boolean;
  /** Further cases. */
  readonly more?: readonly Shown[];
}

export interface Table {
  readonly service: ServiceFileInput;
  /** Of the application: its test, its choices, its webhooks. */
  readonly application: readonly ApplicationCaseInput[];
  readonly connectors: Readonly<Record<string, Row>>;
  /** Where answers stand, unless a row says otherwise. */
  readonly from?: string;
  /** Where items of pages stand, unless a row says otherwise. */
  readonly itemsFrom?: string;
}

/** `acceptance({ exchanges: exchangeTable({ … }) })` */
export function exchangeTable({ service, application, connectors, from = '', itemsFrom = from }: Table): ExchangeSet {
  const rows = Object.entries(connectors).map(([name, row]) => [name, fileOf(row, from, itemsFrom)]);
  return {
    service,
    application: { cases: application },
    connectors: Object.fromEntries(rows) as ExchangeSet['connectors'],
  };
}

function fileOf(row: Row, from: string, itemsFrom: string): unknown {
  const { endpoint, see, more = [], refused = [], onePage = false } = row;
  const needs = row.needs ?? [...endpoint.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
  const without = (name: string) =>
    Object.fromEntries(Object.entries((row.input ?? {}) as object).filter(([other]) => other !== name));
  return {
    endpoint,
    see,
    onePage,
    cases: [row, ...more].map((shown) => caseOf(shown, row, from, itemsFrom)),
    refused: [
      ...needs.map((name) => ({ input: without(name), says: `must have required property '${name}'` })),
      ...refused.map(([input, says]) => ({ input, says })),
    ],
  };
}

function caseOf(shown: Shown, row: Row, from: string, itemsFrom: string): unknown {
  const { input = {}, pages, fails, gives } = shown;
  const title = shown.title ?? (fails ? 'refused' : pages ? `${pages.length} pages` : 'one');
  if (pages) {
    const all = pages.map((page) =>
      'request' in page ? page : { request: page[0], answer: page[1], cursor: page[2] },
    );
    const cursors = all.flatMap(({ cursor }) => cursor ?? []);
    return {
      title,
      input,
      exchanges: all.map((page) => ({
        request: page.request,
        headers: { ...shown.headers },
        ...('json' in page && page.json !== undefined && { json: page.json }),
        answer: { json: page.answer, ...('headers' in page && page.headers && { headers: page.headers }) },
      })),
      outcome: { kind: 'split', from: shown.from ?? row.from ?? itemsFrom, cursors },
    };
  }
  const exchange = {
    request: shown.request ?? row.request ?? row.endpoint,
    headers: { ...shown.headers },
    ...(shown.json !== undefined && { json: shown.json }),
    ...(shown.form && { form: shown.form }),
    answer: {
      status: shown.status ?? 200,
      headers: { ...shown.answerHeaders },
      ...(shown.answer !== undefined && { json: shown.answer }),
    },
  };
  if (!fails)
    return {
      title,
      input,
      exchanges: [exchange],
      outcome:
        gives !== undefined
          ? { kind: 'forward', json: gives }
          : { kind: 'forward', from: shown.from ?? row.from ?? from },
    };
  const [code, says] = [fails.slice(0, fails.indexOf(': ')), fails.slice(fails.indexOf(': ') + 2)];
  return { title, input, exchanges: [exchange], outcome: { kind: 'fail', code, says } };
}
