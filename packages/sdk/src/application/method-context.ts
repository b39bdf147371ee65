// What a method has at hand: what all code of an application has, and the connectors that processes use.

import { randomUUID } from 'node:crypto';
import type { Headers, Item, StepCall } from '@sluice/protocol';
import type { Abort } from '../step/abort.ts';
import { Context } from '../step/context.ts';
import { Fail } from '../step/errors.ts';
import type { Host } from '../step/host.ts';
import { checkInput } from '../step/input.ts';
import { Message } from '../step/message.ts';
import { forwardOf, splitOf } from '../step/result.ts';
import type { AnyStep, Batch, Connector, CustomNode } from '../step/step.ts';
import type { Application } from './application.ts';
import { ApplicationContext } from './context.ts';

/** How long a method waits for its turn when a limit is used up. */
const WAIT_MS = 10_000;

export interface RunOptions {
  readonly headers?: Headers;
  /** Of a batch: where it goes on. */
  readonly cursor?: string | null;
}

/** One page of a batch; null = the last one. */
export interface Page<T = unknown> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

export class MethodContext extends ApplicationContext {
  readonly #abort: Abort;
  readonly #own: Application;

  constructor(host: Host, abort: Abort, user: string, application: Application) {
    super(host, abort, user, application);
    this.#abort = abort;
    this.#own = application;
  }

  /**
   * Run a step as a process would: its input is checked, its application's limits hold, its verdicts are thrown.
   * @param input  JSON value, text or bytes
   * @returns its output: JSON as a value, text or bytes as they are
   * @throws Fail, Redeliver, LimitReached and the other verdicts; one that is not caught is the answer of the method
   */
  async run<T = unknown>(step: Connector | CustomNode, input?: unknown, options?: RunOptions): Promise<T>;
  async run<T = unknown>(step: Batch, input?: unknown, options?: RunOptions): Promise<Page<T>>;
  async run(step: AnyStep, input: unknown = {}, { headers = {}, cursor = null }: RunOptions = {}): Promise<unknown> {
    const call = this.#callOf(step, input, headers, cursor);
    const message = new Message(call);
    checkInput(step, message);
    if (step.application) await this.#permit(step.application);
    const context = new Context(call, this.host, this.#abort, step.application);
    if (step.kind === 'batch') {
      const page = splitOf(await step.process(message, context)) as { items: readonly Item[]; cursor?: string };
      return { items: page.items.map((item) => outputOf(item, call)), cursor: page.cursor ?? null };
    }
    const outcome = forwardOf(call, await step.process(message, context));
    return outputOf((outcome as { item: Item }).item, call);
  }

  /**
   * One permit of the limits of this application, for a request that the method sends itself. `run` takes its own.
   * @throws LimitReached when the turn does not come soon
   */
  async permit(): Promise<void> {
    await this.#permit(this.#own);
  }

  async #permit({ key, limits }: Application): Promise<void> {
    if (limits.length === 0) return;
    await this.host.platform.ask({ ask: 'permit', application: key, user: this.user, waitMs: WAIT_MS });
  }

  #callOf(step: AnyStep, input: unknown, headers: Headers, cursor: string | null): StepCall {
    const asItIs = typeof input === 'string' || input instanceof Uint8Array;
    const body = asItIs ? input : JSON.stringify(input);
    if (body === undefined) throw new Fail(`The input of "${step.name}" is ${typeof input}, which is no JSON value.`);
    const id = randomUUID();
    return {
      target: { topology: '~sync', version: 0, node: step.name, kind: step.kind, action: step.name, followers: [] },
      idempotencyKey: id,
      processId: `sync-${id}`,
      processStartedAt: this.now(),
      messageId: id,
      parentId: null,
      attempt: 1,
      user: this.user,
      headers,
      contentType: asItIs ? 'application/octet-stream' : 'application/json',
      body,
      cursor,
    };
  }
}

function outputOf({ body, contentType }: Item, call: StepCall): unknown {
  if (typeof body !== 'string' || !/\bjson\b/.test(contentType ?? call.contentType)) return body;
  return JSON.parse(body) as unknown;
}
