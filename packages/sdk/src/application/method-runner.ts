// Runs one call of a method. Both transports end here; what differs is how the bodies travel.

import type { MethodCall, MethodHead, Outcome } from '@sluice/protocol';
import { methodHeadFault, replyHeaders } from '@sluice/protocol';
import type { Abort } from '../step/abort.ts';
import type { Catalogue } from '../step/catalogue.ts';
import { Fail, outcomeOf, Verdict } from '../step/errors.ts';
import type { Host } from '../step/host.ts';
import { checkValue } from '../step/input.ts';
import { problemsOf, problemsOfText } from '../step/schema.ts';
import { type Method, Reply, type ReplyBody } from './method.ts';
import { MethodContext } from './method-context.ts';
import { MethodRequest } from './method-request.ts';

export interface MethodAnswer {
  readonly head: MethodHead;
  readonly body: AsyncIterable<Uint8Array>;
}

const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Never rejects: what goes wrong before the answer begins is an outcome. */
export async function runMethod(
  catalogue: Catalogue,
  call: MethodCall,
  body: AsyncIterable<Uint8Array>,
  host: Host,
  abort: Abort,
): Promise<MethodAnswer> {
  const application = catalogue.application(call.application);
  const method = application && Object.hasOwn(application.methods, call.name) ? application.methods[call.name] : null;
  if (!application || !method)
    return refusal({ kind: 'fail', reason: `This worker has no method "${call.name}" of "${call.application}".` });
  const context = new MethodContext(host, abort, call.user, application);
  const late = setTimeout(() => abort.abort(new Error('the platform no longer waits')), call.timeoutMs);
  try {
    const request = new MethodRequest(call, body);
    await takeInput(call.name, method, request);
    const answer = answered(call.name, method, await method.handle(request, context));
    // Nobody wants the body of a HEAD: it is not even begun.
    return call.httpMethod === 'HEAD' ? { head: answer.head, body: streamOf('') } : answer;
  } catch (error) {
    if (!(error instanceof Verdict))
      context.log.error('A method threw an unexpected error.', {
        method: call.name,
        error: String((error as Error)?.stack),
      });
    return refusal(outcomeOf(error, host.now()));
  } finally {
    clearTimeout(late);
  }
}

/** @throws Fail `step.input_invalid` */
async function takeInput(name: string, { input }: Method, request: MethodRequest): Promise<void> {
  if (!input) return;
  const who = `The method "${name}"`;
  if (WITH_BODY.has(request.method)) {
    request.input = await request.json();
    checkValue(who, input, request.input);
    return;
  }
  const given: Record<string, unknown> = {};
  for (const key of new Set(request.query.keys())) {
    const values = request.query.getAll(key);
    Object.defineProperty(given, key, {
      value: values.length === 1 ? values[0] : values,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  const problems = problemsOfText(input, given).map((problem) => problem.replace(/^the body/, 'the query'));
  if (problems.length > 0)
    throw new Fail(`${who} takes another input: ${problems.join('; ')}.`, { code: 'step.input_invalid', problems });
  request.input = given;
}

/** @throws Fail when it is no answer */
function answered(name: string, { output }: Method, returned: unknown): MethodAnswer {
  if (returned instanceof Reply) {
    const head: MethodHead = { ok: true, status: returned.status, headers: replyHeaders(returned.headers) };
    const fault = methodHeadFault(head);
    if (fault) throw new Fail(fault);
    return { head, body: streamOf(returned.body) };
  }
  const text = JSON.stringify(returned ?? null);
  if (text === undefined) throw new Fail(`The method "${name}" returned ${typeof returned}, which is no JSON value.`);
  const problems = output ? problemsOf(output, JSON.parse(text)) : [];
  if (problems.length > 0)
    throw new Fail(`The method "${name}" answered what its output schema does not allow: ${problems.join('; ')}.`);
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { head: { ok: true, status: 200, headers }, body: streamOf(text) };
}

const refusal = (outcome: Outcome): MethodAnswer => ({
  head: { ok: false, outcome: outcome as Extract<MethodHead, { ok: false }>['outcome'] },
  body: streamOf(''),
});

async function* streamOf(body: ReplyBody): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    if (body.length > 0) yield typeof body === 'string' ? Buffer.from(body) : body;
    return;
  }
  for await (const chunk of body) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
