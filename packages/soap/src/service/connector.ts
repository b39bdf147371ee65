// A connector of one operation: ten lines, or less.

import type { JsonSchema } from '@sluice/protocol';
import { Connector, type Context, type Message, type Result } from '@sluice/sdk';
import type { SoapOperation } from './operation.ts';

/**
 * Calls one operation for each message. As it is, the message's JSON is the input and the output is the new body; override
 * `toInput` and `toResult` to map them.
 *
 * @example
 * class CreateSalesOrder extends SoapConnector<Request, Response> {
 *   readonly name = 'create-sales-order';
 *   constructor() { super(erp.operation('CreateSalesOrder')); }
 * }
 */
export abstract class SoapConnector<In = unknown, Out = unknown> extends Connector {
  readonly operation: SoapOperation<In, Out>;
  // Declared by the base already: here they are given a value.
  /** That of the operation, unless `toInput` maps: then say what the message must be, or leave it open. */
  declare readonly input?: JsonSchema;
  /** That of the operation, unless `toResult` maps. */
  declare readonly output?: JsonSchema;
  /** Below the base URL of the application; default none: the base URL is the endpoint. */
  readonly path?: string;

  constructor(operation: SoapOperation<In, Out>) {
    super();
    this.operation = operation;
    const { toInput, toResult } = SoapConnector.prototype;
    if (this.toInput === toInput) this.input = operation.input;
    if (this.toResult === toResult && !operation.about.oneWay) this.output = operation.output;
  }

  async process(message: Message, context: Context): Promise<Result> {
    const input = await this.toInput(message, context);
    const api = this.application ? context.api : undefined;
    const output = await this.operation.call(input, { http: context.http, api, path: this.path });
    return this.toResult(output, message, context);
  }

  protected toInput(message: Message, _context: Context): In | Promise<In> {
    return message.json<In>();
  }

  /** The input goes on unchanged after a one-way operation. */
  protected toResult(output: Out, _message: Message, _context: Context): Result | Promise<Result> {
    return this.operation.about.oneWay ? undefined : output;
  }
}
