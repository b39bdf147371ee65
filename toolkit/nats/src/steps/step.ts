import type { MsgHdrs } from '@nats-io/transport-node';
import { Connector, type Content, contentFields, schema } from '@sluice/sdk';
import type { Nats } from '../application.ts';

export abstract class NatsConnector extends Connector {
  override readonly application: Nats;

  constructor(application: Nats) {
    super();
    this.application = application;
  }
}

/** A subject that is published to has no wildcards. */
export const subjectField = schema.text('Subject, such as orders.created', {
  minLength: 1,
  maxLength: 1_000,
  pattern: '^[^\\s.*>]+(\\.[^\\s.*>]+)*$',
});
export const headersField = schema.map('Headers', {
  additionalProperties: { type: 'string', pattern: '^[^\\r\\n]*$' },
});

export const messageFields = { subject: subjectField, ...contentFields, headers: headersField };

export interface MessageInput extends Content {
  readonly subject: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const headersIn = (from: MsgHdrs | undefined): Record<string, string> =>
  Object.fromEntries((from?.keys() ?? []).map((name) => [name, from!.get(name)]));
