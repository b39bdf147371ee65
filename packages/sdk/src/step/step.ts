// What an author writes: a class with a name and one method.

import type { JsonSchema, StepKind } from '@sluice/protocol';
import type { Application } from '../application/application.ts';
import type { Context } from './context.ts';
import type { Message } from './message.ts';
import type { BatchItem, Routed } from './result.ts';

/**
 * What a connector or custom node may return:
 * a plain JSON value becomes the new body, text and bytes are the new body as they are, a `Message` is sent as it is,
 * `route(…)` sends any of these to chosen followers, and `undefined` sends the input on unchanged.
 */
export type Result = unknown | Message | Routed;

export interface BatchResult {
  /** One message each: a JSON value, text, bytes, or `item(value, {headers, user, contentType})`. */
  readonly items: readonly (unknown | BatchItem)[];
  /** Where to go on; the step runs again with it. Leave it out on the last page. */
  readonly cursor?: string;
}

abstract class Step {
  abstract readonly kind: StepKind;
  /** Name of the action, as the process editor shows it. */
  abstract readonly name: string;
  readonly description?: string;
  readonly application?: Application;
  /** JSON Schema of the body it takes; another body fails before the step runs, wherever the call comes from. */
  readonly input?: JsonSchema;
  /** JSON Schema of the body it gives. */
  readonly output?: JsonSchema;

  /** @param application  whose service it asks; a step of one application only may name it as its member instead */
  constructor(application?: Application) {
    if (application) this.application = application;
  }
}

/** Calls one endpoint of a remote service. */
export abstract class Connector extends Step {
  readonly kind = 'connector' as const;
  abstract process(message: Message, context: Context): Result | Promise<Result>;
}

/** Your own step: maps, filters, routes, or does the work itself. */
export abstract class CustomNode extends Step {
  readonly kind = 'custom' as const;
  abstract process(message: Message, context: Context): Result | Promise<Result>;
}

/** One message in, many out, page by page. */
export abstract class Batch extends Step {
  readonly kind = 'batch' as const;
  abstract process(message: Message, context: Context): BatchResult | Promise<BatchResult>;
}

/** A connector that is made for each of several applications, such as one by OAuth and one by token. */
export abstract class AppConnector extends Connector {
  declare readonly application: Application;

  constructor(application: Application) {
    super(application);
  }
}

/** A batch that is made for each of several applications. */
export abstract class AppBatch extends Batch {
  declare readonly application: Application;

  constructor(application: Application) {
    super(application);
  }
}

export type AnyStep = Connector | CustomNode | Batch;
