// Connectors of described operations: one class for all that give one answer, one for all lists.

import type { JsonSchema, OperationData, ServiceData } from '@sluice/protocol';
import type { Application } from '../application/application.ts';
import type { ApplicationContext } from '../application/context.ts';
import type { HttpResponse } from '../http/response.ts';
import { type StatusRules, verdictOf } from '../http/rules.ts';
import type { Context } from '../step/context.ts';
import type { Message } from '../step/message.ts';
import { item } from '../step/result.ts';
import { Batch, type BatchResult, Connector, type Result } from '../step/step.ts';
import { answerOf } from './answer.ts';
import { firstInput, inputAt, itemsOf, nextCursor, queryAt } from './pages.ts';
import { type Input, requestOf } from './request.ts';
import { standing } from './schemas.ts';

/** An operation with all that its connector needs to know of its service. */
export class Operation<In = unknown, Out = unknown> {
  readonly about: OperationData;
  readonly #definitions: ServiceData['definitions'];
  #input: JsonSchema | null = null;
  #output: JsonSchema | null = null;

  constructor(about: OperationData, { definitions }: Pick<ServiceData, 'definitions'>) {
    this.about = about;
    this.#definitions = definitions;
  }

  /** Schemas are put together when somebody looks: a service may have a thousand of them. */
  get input(): JsonSchema {
    this.#input ??= standing(this.about.input, this.#definitions);
    return this.#input;
  }

  get output(): JsonSchema | undefined {
    if (this.about.output === undefined) return undefined;
    this.#output ??= standing(this.about.output, this.#definitions);
    return this.#output;
  }

  /**
   * Ask the service, as the user of the context.
   * @returns the JSON of the answer; text and bytes as they are; undefined when there is nothing
   */
  async call(input: In, { api }: Pick<ApplicationContext, 'api'>): Promise<Out> {
    const answered = answerOf(this.about.answer, await this.send(input, { api }));
    return (answered && 'content' in answered ? answered.content : answered?.json) as Out;
  }

  /** @param query  instead of the one that the input makes */
  async send(input: In, { api }: Pick<ApplicationContext, 'api'>, query: string | null = null): Promise<HttpResponse> {
    const { path, options } = requestOf(this.about, input as Input);
    const { fine } = this.about.answer;
    return api.send(query === null ? path : `${path.replace(/\?.*$/, '')}?${query}`, {
      ...options,
      ...(fine ? { rules: fineRules(fine, api.rules) } : {}),
    });
  }
}

/** What an application says of a status comes first. */
const fineRules = (fine: readonly number[], rules: StatusRules): StatusRules =>
  Object.fromEntries(
    fine
      .filter((status) => verdictOf(status, rules) === verdictOf(status))
      .map((status) => [String(status), 'ok' as const]),
  );

/**
 * One operation for each message. As it is, the JSON of the message is the input and the answer is the new body; override
 * `toInput` and `toResult` to map them.
 */
export class OperationConnector<In = unknown, Out = unknown> extends Connector {
  readonly name: string;
  override readonly application: Application;
  readonly operation: Operation<In, Out>;
  declare readonly description?: string;
  /** That of the operation, unless `toInput` maps: then say what the message must be, or leave it open. */
  declare readonly input?: JsonSchema;
  /** That of the operation, unless `toResult` maps. */
  declare readonly output?: JsonSchema;

  constructor(application: Application, operation: Operation<In, Out>) {
    super();
    this.application = application;
    this.operation = operation;
    this.name = `${application.key}-${operation.about.name}`;
    const { toInput, toResult } = OperationConnector.prototype;
    describe(this, operation, this.toInput === toInput, this.toResult === toResult);
  }

  async process(message: Message, context: Context): Promise<Result> {
    const input = await this.toInput(message, context);
    const answered = answerOf(this.operation.about.answer, await this.operation.send(input, context));
    if (answered && 'content' in answered)
      return message.with({ body: answered.content, contentType: answered.contentType });
    return this.toResult(answered?.json as Out, message, context);
  }

  protected toInput(message: Message, _context: Context): In | Promise<In> {
    return message.json<In>();
  }

  /** The input goes on unchanged where the service answers nothing. */
  protected toResult(output: Out, message: Message, _context: Context): Result | Promise<Result> {
    // A text by itself would be a body that is no JSON.
    return typeof output === 'string' ? message.with({ json: output }) : output;
  }
}

/** A list: one message for each item, page by page. */
export class OperationBatch<In = unknown, Item = unknown> extends Batch {
  readonly name: string;
  override readonly application: Application;
  readonly operation: Operation<In>;
  declare readonly description?: string;
  /** That of the operation, unless `toInput` maps. */
  declare readonly input?: JsonSchema;
  /** Of an item, unless `toItems` maps. */
  declare readonly output?: JsonSchema;

  constructor(application: Application, operation: Operation<In>) {
    super();
    this.application = application;
    this.operation = operation;
    this.name = `${application.key}-${operation.about.name}`;
    const { toInput, toItems } = OperationBatch.prototype;
    describe(this, operation, this.toInput === toInput, this.toItems === toItems);
  }

  async process(message: Message, context: Context): Promise<BatchResult> {
    const pages = this.operation.about.pages!;
    const { cursor } = context;
    const input = firstInput(pages, (await this.toInput(message, context)) as Input);
    const asked = inputAt(pages, input, cursor) as In;
    const response = await this.operation.send(asked, context, queryAt(pages, cursor));
    const answer = response.bytes.byteLength === 0 ? null : response.json();
    const items = itemsOf(pages, answer);
    const next = nextCursor(pages, { input, cursor, response, answer, count: items.length });
    return {
      items: await this.toItems(items as Item[], message, context),
      ...(next === undefined ? {} : { cursor: next }),
    };
  }

  protected toInput(message: Message, _context: Context): In | Promise<In> {
    return message.json<In>();
  }

  protected toItems(
    items: Item[],
    _message: Message,
    _context: Context,
  ): BatchResult['items'] | Promise<BatchResult['items']> {
    return items.map((one) => (typeof one === 'string' ? item(JSON.stringify(one)) : one));
  }
}

/** Members that are put together when somebody looks; a class may have its own instead. */
function describe(step: object, operation: Operation, input: boolean, output: boolean): void {
  const getters = {
    description: () => operation.about.description,
    ...(input ? { input: () => operation.input } : {}),
    ...(output ? { output: () => operation.output } : {}),
  };
  for (const [name, get] of Object.entries(getters))
    Object.defineProperty(step, name, { get, enumerable: true, configurable: true });
}
