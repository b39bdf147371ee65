// Takes what services deliver: known address, genuine, not seen before, on disk before it is answered. Everything it
// needs is on the platform, so it does so while workers are away.

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Engine } from '@sluice/engine';
import { type Headers, SluiceError, type WebhookEvent } from '@sluice/protocol';
import { checkDelivery, DELIVERY_TOLERANCE_S } from '@sluice/sdk';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { Installs } from '../installs/installs.ts';
import { handshakeOf, type Reply, signedHandshakeOf } from './handshake.ts';
import { Strangers } from './strangers.ts';
import { stateOf, type Webhook } from './webhook.ts';
import type { Webhooks } from './webhooks.ts';

export interface Received {
  readonly method: 'GET' | 'POST';
  /** All of the request, names in small letters. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Those that may travel with a message. */
  readonly carried: Headers;
  readonly query: Readonly<Record<string, unknown>>;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export type Taken =
  | { readonly kind: 'started'; readonly processId: string; readonly duplicate: boolean }
  | ({ readonly kind: 'reply' } & Reply)
  /** Somebody looked whether there is anything. */
  | { readonly kind: 'ready' };

export interface DeliveryParts {
  readonly engine: Pick<Engine, 'run'>;
  readonly catalogue: ApplicationCatalogue;
  readonly installs: Installs;
  readonly webhooks: Webhooks;
  readonly now: () => number;
}

/** More of one header is of no use to a process, and all together have a bound. */
const MAX_HEADER = 2_000;

export class Deliveries {
  readonly #parts: DeliveryParts;
  readonly #strangers: Strangers;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#strangers = new Strangers(parts.now);
  }

  /**
   * Whose address it is, before anything is read.
   * @throws SluiceError `webhook.unknown`, `webhook.too_many`
   */
  async admit(secret: string, from: string): Promise<string> {
    const { book } = this.#parts.webhooks;
    await book.load();
    const webhook = book.bySecret(secret);
    // A mere address stays a node's own while its topology is disabled; a service that was told of the end knows better.
    if (webhook && (stateOf(webhook) !== 'gone' || (webhook.application === null && !webhook.removed)))
      return webhook.id;
    throw this.strangerAt(from);
  }

  /** What somebody is told who delivers to an address where there is nothing. */
  strangerAt(from: string): Error {
    return this.#strangers.mayMiss(from)
      ? new SluiceError('webhook.unknown', {})
      : new SluiceError('webhook.too_many', { perMinute: Strangers.perMinute });
  }

  /**
   * @param id  from `admit`
   * @throws SluiceError `webhook.forged`, `webhook.too_old`, `webhook.not_taken`, and those of a start
   */
  async take(id: string, received: Received): Promise<Taken> {
    const { webhooks, now } = this.#parts;
    try {
      return await this.#take(webhooks.book.find(id), received);
    } catch (error) {
      if (error instanceof SluiceError)
        webhooks.traffic.note(id, { at: now(), result: 'refused', processId: null, reason: error.message });
      throw error;
    }
  }

  async #take(webhook: Webhook, received: Received): Promise<Taken> {
    const { webhooks, now } = this.#parts;
    const event = this.#eventOf(webhook);
    const { signing, given } = webhooks.book.secretsOf(webhook);
    const reply = handshakeOf(event.handshake, received, signing);
    if (reply === 'refused') throw new SluiceError('webhook.forged', { reason: 'it has another token.' });
    if (reply) return { kind: 'reply', ...reply };
    if (received.method === 'GET') return { kind: 'ready' };
    const secret = event.secretField ? await this.#filledIn(webhook, event.secretField) : (given ?? signing);
    const checked = checkDelivery(event, secret, received, now());
    if (!checked.ok)
      throw checked.fault === 'forged'
        ? new SluiceError('webhook.forged', { reason: checked.reason })
        : new SluiceError('webhook.too_old', { seconds: checked.seconds, toleranceS: DELIVERY_TOLERANCE_S });
    const signedReply = signedHandshakeOf(event, received);
    if (signedReply) return { kind: 'reply', ...signedReply };
    if (webhook.goal === 'gone') throw new SluiceError('webhook.not_taken', { reason: 'nobody wants it at present.' });
    return this.#start(webhook, received, checked.id, checked.proof);
  }

  async #start(webhook: Webhook, received: Received, id: string | null, proof: readonly string[]): Promise<Taken> {
    const { webhooks, now } = this.#parts;
    const started = await this.#run(webhook, received, id, proof);
    const result = started.duplicate ? 'repeated' : 'started';
    webhooks.traffic.note(webhook.id, { at: now(), result, processId: started.processId, reason: null });
    return { kind: 'started', ...started };
  }

  async #run(
    webhook: Webhook,
    { body, contentType, carried }: Received,
    id: string | null,
    proof: readonly string[],
  ): Promise<{ processId: string; duplicate: boolean }> {
    const { topology, node, user, application, event } = webhook;
    const kept = Object.entries(carried).filter(([name, value]) => !proof.includes(name) && value.length <= MAX_HEADER);
    const about: Headers = application === null ? {} : { 'webhook-application': application, 'webhook-event': event! };
    try {
      return await this.#parts.engine.run(topology, node, {
        body: isUtf8(body) ? Buffer.from(body).toString('utf8') : body,
        contentType,
        headers: { ...Object.fromEntries(kept), ...about },
        user,
        idempotencyKey: id === null ? undefined : deliveryKey(webhook.id, id),
      });
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      // The service counts its attempts in the body: it is the same delivery.
      if (error.code === 'run.idempotency_conflict')
        return { processId: (error as SluiceError<'run.idempotency_conflict'>).details.processId, duplicate: true };
      if (error.code.startsWith('topology.'))
        throw new SluiceError('webhook.not_taken', { reason: error.message }, { cause: error });
      throw error;
    }
  }

  /** As the application says it now; as it said it last when nobody knows the application any more. */
  #eventOf({
    application,
    event,
    descriptor,
  }: Webhook): Pick<WebhookEvent, 'handshake' | 'verification' | 'secretField'> {
    if (application === null) return { handshake: 'none', verification: { kind: 'address' } };
    const all = this.#parts.catalogue.get(application)?.application.webhooks ?? [];
    const found = all.find(({ name }) => name === event) ?? descriptor;
    if (found) return found;
    throw new SluiceError('webhook.not_taken', { reason: `no worker offers "${application}" with "${event}".` });
  }

  async #filledIn({ application, user }: Webhook, secretField: string): Promise<string> {
    const { settings } = await this.#parts.installs.get(application!, user);
    const dot = secretField.indexOf('.');
    const value =
      dot > 0
        ? settings[secretField.slice(0, dot)]?.[secretField.slice(dot + 1)]
        : Object.values(settings).find((form) => form[secretField] !== undefined)?.[secretField];
    if (typeof value === 'string' && value !== '') return value;
    const reason = `the install of "${application}" has no secret in the field "${secretField}".`;
    throw new SluiceError('webhook.not_taken', { reason });
  }
}

/** One delivery of one subscription, however the service names it. */
const deliveryKey = (subscription: string, id: string): string =>
  `webhook:${subscription}:${createHash('sha256').update(id).digest('base64url')}`;
