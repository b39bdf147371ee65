// One exchange: the step runs, installed for a user, in front of the answers that were written down. What its application adds to
// a request (its address, its proof) is its own.

import assert from 'node:assert';
import type { CallResult, Json, Settings } from '@sluice/protocol';
import type { AnyStep, Field, WireAnswer, WireRequest } from '@sluice/sdk';
import { testWorker } from '../flow/worker.ts';
import { testPlatform } from '../platform/platform.ts';
import { callOf } from '../step/call.ts';
import { bytesOf, type WrittenCall, type WrittenExchange } from './file.ts';

const USER = 'ann';
const AT = Date.parse('2026-01-01T00:00:00Z');

/** @throws AssertionError with what is different */
export async function playExchange(step: AnyStep, { input, calls }: WrittenExchange): Promise<void> {
  for (const call of calls) {
    const asked: WireRequest[] = [];
    const outcome = await run(step, input, call.cursor ?? null, async (request) => {
      asked.push(request);
      return { status: call.answer.status, headers: call.answer.headers, body: chunks(bytesOf(call.answer)) };
    });
    assert.equal(asked.length, 1, `${step.name} asked ${asked.length} times, once was expected: ${reasonOf(outcome)}`);
    expectRequest(asked[0]!, call.request);
    expectOutcome(outcome, call, JSON.stringify(input));
  }
  if (step.input?.['type'] !== 'object') return;
  const refused = await run(step, [], null, () => Promise.reject(new Error('nobody is to be asked')));
  assert.equal((refused as { code?: string }).code, 'step.input_invalid', 'a list is no input of it');
}

async function run(
  step: AnyStep,
  input: unknown,
  cursor: string | null,
  wire: (request: WireRequest) => Promise<WireAnswer>,
) {
  const { application } = step;
  const installs = application ? [{ application: application.key, user: USER, settings: settingsOf(step) }] : [];
  const worker = testWorker(
    { steps: [step] },
    {
      onRecord: () => {},
      now: () => AT,
      wire,
      platform: testPlatform(installs, { store: noStore, now: () => AT }),
    },
  );
  const call = callOf(step, {}, { user: USER, cursor }, AT);
  // A text is JSON as well.
  return worker.call({ ...call, contentType: 'application/json', body: JSON.stringify(input) });
}

const noStore = (): never => {
  throw new Error('A connector under its exchanges keeps nothing.');
};

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}

/** Something for each field of its forms. */
function settingsOf({ application }: AnyStep): Settings {
  const forms = (application?.allForms ?? []).map(({ key, fields }) => [
    key,
    Object.fromEntries(fields.map((one) => [one.key, plausible(one)])),
  ]);
  return Object.fromEntries(forms) as Settings;
}

function plausible({ type, default: usual, choices }: Field): Json {
  if (usual !== undefined) return usual;
  if (Array.isArray(choices) && choices[0]) return choices[0].value;
  return type === 'url' ? 'https://service.example.com' : type === 'number' ? 1 : 'filled-in';
}

function expectRequest({ url, method, headers, body }: WireRequest, wanted: WrittenCall['request']): void {
  const boundary = /boundary=([\w-]+)/.exec(headers['content-type'] ?? '')?.[1];
  const settled = (text: string): string => (boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY'));
  const [path, query = ''] = wanted.path.replace(/^\/(?=\?|$)/, '').split('?', 2);
  assert.equal(method, wanted.method, 'another method');
  assert.ok(url.pathname.endsWith(path!), `the path ${url.pathname} does not end with ${path}`);
  assert.ok(url.search.slice(1).startsWith(query), `the query ${url.search} does not begin with ?${query}`);
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), settled(value)]),
  );
  for (const [name, value] of Object.entries(wanted.headers))
    assert.equal(lower[name], value, `another header ${name}`);
  const sent = body === null ? Buffer.alloc(0) : Buffer.from(body);
  if (wanted.json !== undefined) assert.deepEqual(JSON.parse(sent.toString()), wanted.json, 'another body');
  else if (wanted.base64 === undefined)
    assert.equal(withoutProof(settled(sent.toString()), wanted.text ?? ''), wanted.text ?? '', 'another body');
  else assert.equal(sent.toString('base64'), wanted.base64, 'another body');
}

/** WS-Security is proof in the body. */
const withoutProof = (sent: string, wanted: string): string =>
  wanted.includes('<soap:Header>') ? sent : sent.replace(/<soap:Header>.*<\/soap:Header>/s, '');

function expectOutcome(outcome: CallResult, { answer, outcome: wanted }: WrittenCall, input: string): void {
  assert.equal(outcome.kind, wanted.kind, reasonOf(outcome));
  if (outcome.kind === 'split' && wanted.kind === 'split') {
    assert.equal(outcome.items.length, wanted.items, 'another number of items');
    assert.equal(outcome.cursor, wanted.cursor, 'another cursor');
  }
  if (outcome.kind !== 'forward' || wanted.kind !== 'forward') return;
  const given = Buffer.from(outcome.item.body);
  if (wanted.same === 'input') {
    assert.equal(given.toString(), input, 'the input was expected to go on');
    return;
  }
  const content = wanted.same === 'answer' ? answer : wanted;
  if (content.json === undefined)
    assert.ok(given.equals(bytesOf(content)), `it gives ${given.toString().slice(0, 200)}`);
  else assert.deepEqual(JSON.parse(given.toString()), content.json, 'it gives something else');
}

const reasonOf = (outcome: CallResult): string => ('reason' in outcome ? outcome.reason : outcome.kind);
