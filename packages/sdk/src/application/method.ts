// Methods of an application: called synchronously, with a whole HTTP request, answering whatever they choose.

import type { HttpMethod, JsonSchema } from '@sluice/protocol';
import type { MethodContext } from './method-context.ts';
import type { MethodRequest } from './method-request.ts';

export interface MethodOptions {
  /** HTTP methods it takes; default GET. HEAD is taken where GET is. */
  readonly methods?: readonly HttpMethod[];
  readonly description?: string;
  /** JSON Schema of the body; of the query parameters where the request has no body. Checked before `handle`. */
  readonly input?: JsonSchema;
  /** JSON Schema of the JSON it returns. */
  readonly output?: JsonSchema;
  /** @returns any JSON value, or `reply(…)` to choose status, headers and body */
  handle(request: MethodRequest, context: MethodContext): unknown;
}

export class Method {
  readonly methods: readonly HttpMethod[];
  readonly description: string | undefined;
  readonly input: JsonSchema | undefined;
  readonly output: JsonSchema | undefined;
  readonly handle: MethodOptions['handle'];

  constructor({ methods = ['GET'], description, input, output, handle }: MethodOptions) {
    this.methods = methods;
    this.description = description;
    this.input = input;
    this.output = output;
    this.handle = handle;
  }
}

/** A method under the name it has in `Application.methods`. */
export function method(options: MethodOptions): Method {
  return new Method(options);
}

/** A stream is read as fast as the caller takes it, and ended (`return`) when the caller goes away. */
export type ReplyBody = string | Uint8Array | AsyncIterable<Uint8Array | string>;

export interface ReplyOptions {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReplyBody;
}

export class Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReplyBody;

  constructor({ status = 200, headers = {}, body = '' }: ReplyOptions) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** Answer with this status, these headers and this body, as they are. */
export function reply(options: ReplyOptions): Reply {
  return new Reply(options);
}
