import { AppBatch, type Context, type Message, path, schema } from '@sluice/sdk';
import { baseField, baseOf } from '../application/places.ts';
import { payloadOutput, type WebhookPayload } from './records.ts';

interface Input {
  readonly base?: string;
  readonly webhook: string;
  readonly from?: number;
}

interface Payloads {
  readonly payloads: readonly WebhookPayload[];
  /** Number of the payload that would follow. */
  readonly cursor: number;
  readonly mightHaveMore: boolean;
}

/** Asked after a delivery. Payloads are counted for each webhook, from 1, and kept for seven days. */
export class ListWebhookPayloads extends AppBatch {
  readonly name = `${this.application.key}-list-webhook-payloads`;
  override readonly description =
    'What happened in a base since the last time, one message each, with where to go on then';
  override readonly input = schema.object(
    {
      ...baseField,
      webhook: schema.text('Id of the webhook, as its deliveries name it', { minLength: 1 }),
      from: schema.integer('Number of the first payload; default: the oldest that there is', { minimum: 1 }),
    },
    ['webhook'],
  );
  override readonly output = payloadOutput;

  async process(message: Message, context: Context) {
    const { base, webhook, from } = message.json<Input>();
    const at = path`/v0/bases/${await baseOf(base, context)}/webhooks/${webhook}/payloads`;
    const response = await context.api.send(at, { query: { cursor: context.cursor ?? from, limit: 50 } });
    const { payloads, cursor, mightHaveMore } = response.json<Payloads>();
    const first = cursor - payloads.length;
    const items = payloads.map((payload, index) => ({ ...payload, from: first + index + 1 }));
    return { items, ...(mightHaveMore && payloads.length > 0 && { cursor: String(cursor) }) };
  }
}
