// A service that knows nothing but its own description: every request is checked against it, and what it answers is checked as
// well, before it is sent.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '@sluice/protocol';
import { RawDescription } from './description.ts';

type Members = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly base64?: string;
  /** Only a part of what is described: not checked. */
  readonly partial?: boolean;
}

export interface CheckingServer {
  readonly url: string;
  /** By `METHOD /path`: how often each was asked. */
  readonly asked: ReadonlyMap<string, number>;
  /** What was wrong with requests, and with what was to be answered. */
  readonly problems: string[];
  answer: Answer;
  close(): Promise<void>;
}

const pointerTo = (...parts: readonly string[]): string =>
  parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export async function checkingServer(document: Members): Promise<CheckingServer> {
  const raw = new RawDescription(document);
  const find = finder(document['paths'] as Members);
  const asked = new Map<string, number>();
  const problems: string[] = [];
  const state: { answer: Answer } = { answer: { status: 204, headers: {} } };
  const server = createServer((request, response) => {
    const check = async (): Promise<void> => {
      const body = await bodyOf(request);
      const url = new URL(request.url!, 'http://service.invalid');
      const found = find(request.method!, url.pathname);
      if (!found) {
        problems.push(`${request.method} ${url.pathname}: there is no such operation`);
        response.writeHead(404).end();
        return;
      }
      const endpoint = `${request.method} ${found.path}`;
      asked.set(endpoint, (asked.get(endpoint) ?? 0) + 1);
      const wrong = [
        ...checkParameters(raw, found, url, request),
        ...checkBody(raw, found, request, body),
        ...checkAnswer(raw, found, state.answer),
      ];
      problems.push(...wrong.map((one) => `${endpoint}: ${one}`));
      const { status, headers, json, text, base64 } = state.answer;
      response.writeHead(wrong.length > 0 ? 418 : status, headers);
      response.end(
        base64 === undefined ? (json === undefined ? text : JSON.stringify(json)) : Buffer.from(base64, 'base64'),
      );
    };
    check().catch((error: Error) => {
      problems.push(`${request.method} ${request.url}: ${error.message.split('\n', 1)[0]}`);
      response.writeHead(418).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    problems,
    get answer() {
      return state.answer;
    },
    set answer(answer) {
      state.answer = answer;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Found {
  readonly path: string;
  readonly method: string;
  readonly item: Members;
  readonly operation: Members;
  readonly values: Readonly<Record<string, string>>;
}

/** The path with the fewest parameters that fits, as a router would have it. */
function finder(paths: Members): (method: string, path: string) => Found | undefined {
  const all = Object.entries(paths).map(([path, item]) => {
    const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
    const pattern = path.split(/\{[^{}]*\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'));
    return { path, item: item as Members, names, pattern: new RegExp(`^${pattern.join('([^/]+?)')}$`) };
  });
  all.sort((a, b) => a.names.length - b.names.length);
  return (method, path) => {
    for (const { path: template, item, names, pattern } of all) {
      const match = pattern.exec(path);
      const operation = item[method.toLowerCase()];
      if (match && operation) {
        const values = Object.fromEntries(names.map((name, n) => [name, decodeURIComponent(match[n + 1]!)]));
        return { path: template, method: method.toLowerCase(), item, operation: operation as Members, values };
      }
    }
    return undefined;
  };
}

/** Of parameters that are one value: each is there when it must be, and what its schema says. */
function checkParameters(
  raw: RawDescription,
  { path, method, item, operation, values }: Found,
  url: URL,
  request: IncomingMessage,
): string[] {
  const lists = [
    [item['parameters'], pointerTo('paths', path, 'parameters')],
    [operation['parameters'], pointerTo('paths', path, method, 'parameters')],
  ] as const;
  const known = new Set<string>();
  const wrong: string[] = [];
  for (const [list, at] of lists)
    for (const [index, given] of (Array.isArray(list) ? list : []).entries()) {
      const parameter = raw.at(given) as { name: string; in: string; required?: boolean; schema?: unknown };
      const { name } = parameter;
      if (parameter.in === 'query') known.add(name);
      const value =
        parameter.in === 'path'
          ? values[name]
          : parameter.in === 'query'
            ? url.searchParams.get(name)
            : parameter.in === 'header'
              ? request.headers[name.toLowerCase()]
              : undefined;
      if (value === undefined || value === null) {
        if (parameter.required === true && parameter.in !== 'cookie')
          wrong.push(`${parameter.in} parameter "${name}" is missing`);
        continue;
      }
      const pointer =
        typeof (given as Members)['$ref'] === 'string' ? String((given as Members)['$ref']).slice(1) : `${at}/${index}`;
      if (parameter.schema !== undefined)
        wrong.push(
          ...checkText(raw, `${pointer}/schema`, parameter.schema, String(value)).map((one) => `"${name}" ${one}`),
        );
    }
  for (const name of url.searchParams.keys())
    if (!known.has(name) && !/\[/.test(name)) wrong.push(`query parameter "${name}" is not described`);
  return wrong;
}

/** Texts of numbers and booleans are those; lists and objects have styles, which other tests know. */
function checkText(raw: RawDescription, pointer: string, given: unknown, text: string): string[] {
  const schema = raw.at(given) as Members;
  const types = [schema['type'] ?? []].flat();
  if (types.includes('array') || types.includes('object') || schema['oneOf'] || schema['anyOf'] || schema['allOf'])
    return [];
  const value =
    types.includes('integer') || types.includes('number')
      ? Number(text)
      : types.includes('boolean')
        ? text === 'true'
        : text;
  return raw.problems(pointer, value, 'request');
}

function checkBody(
  raw: RawDescription,
  { path, method, operation }: Found,
  request: IncomingMessage,
  body: Buffer,
): string[] {
  const given = operation['requestBody'] as Members | undefined;
  if (given === undefined) return body.byteLength > 0 ? ['a body is not described'] : [];
  const { required, content } = raw.at(given) as { required?: boolean; content: Members };
  const sent = request.headers['content-type'];
  if (body.byteLength === 0 && sent === undefined) return required ? ['the body is missing'] : [];
  const type = Object.keys(content).find((one) => one.split(';')[0] === sent?.split(';')[0]);
  if (type === undefined) return [`a body of the type ${sent} is not described`];
  if (!/json/.test(type)) return [];
  const holder =
    typeof given['$ref'] === 'string' ? given['$ref'].slice(1) : pointerTo('paths', path, method, 'requestBody');
  return raw.problems(
    `${holder}${pointerTo('content', type, 'schema')}`,
    JSON.parse(body.toString()) as Json,
    'request',
  );
}

function checkAnswer(
  raw: RawDescription,
  { path, method, operation }: Found,
  { status, headers, json, partial }: Answer,
): string[] {
  if (json === undefined || partial) return [];
  const responses = operation['responses'] as Members;
  const good = Object.keys(responses)
    .filter((one) => /^2/.test(one))
    .sort();
  const wrong: string[] = [];
  // One of what is described, whichever.
  for (const code of [...good, 'default'].filter((one) => Object.hasOwn(responses, one))) {
    const given = responses[code] as Members;
    const { content = {} } = raw.at(given) as { content?: Members };
    const type = Object.keys(content).find((one) => /json/.test(one) || one === '*/*');
    if (type === undefined || (content[type] as Members)['schema'] === undefined) continue;
    const holder =
      typeof given['$ref'] === 'string' ? given['$ref'].slice(1) : pointerTo('paths', path, method, 'responses', code);
    const problems = raw.problems(`${holder}${pointerTo('content', type, 'schema')}`, json, 'response');
    if (problems.length === 0) return [];
    wrong.push(...problems.map((one) => `the answer ${status} ${headers['content-type']}: ${one}`));
  }
  return wrong;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
