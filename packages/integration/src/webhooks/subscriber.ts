// Does at a service what a subscription needs, by the code of its application. Each act is written down before and after,
// so that one that a crash cut short is neither lost nor done twice where the service can say what it has.

import type { Log } from '@sluice/engine';
import { checkForm, type Json, SluiceError, type WebhookEvent } from '@sluice/protocol';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { Installs } from '../installs/installs.ts';
import { addressOf } from './address.ts';
import type { WebhookBook } from './book.ts';
import { needOf, pauseAfter, renewalAt, type Webhook } from './webhook.ts';

export interface SubscriberParts {
  readonly book: WebhookBook;
  readonly catalogue: ApplicationCatalogue;
  readonly installs: Installs;
  readonly base: () => string;
  readonly now: () => number;
  readonly log: Log;
}

/** A subscription that belongs to an application. */
type Told = Webhook & { readonly application: string; readonly event: string };

/** One act after the other in one visit: more is a mistake of ours. */
const MOST_ACTS = 10;

export class Subscriber {
  readonly #parts: SubscriberParts;

  constructor(parts: SubscriberParts) {
    this.#parts = parts;
  }

  /** Do what is needed now, and say in the record when it failed. Rejects only when the store does. */
  async visit(id: string): Promise<void> {
    const { book, base, now } = this.#parts;
    for (let acts = 0; acts < MOST_ACTS; acts++) {
      const webhook = book.get(id);
      const need = webhook && needOf(webhook, base(), now());
      if (!webhook || !need) break;
      try {
        await this.#act(webhook as Told, need);
      } catch (error) {
        if (!(error instanceof SluiceError)) throw error;
        await this.#failed(id, error);
        return;
      }
    }
    await book.change(id, ({ renewAt, goal }) => ({
      reason: null,
      attempts: 0,
      nextTryAt: goal === 'subscribed' ? renewAt : null,
    }));
  }

  async #act(webhook: Told, need: NonNullable<ReturnType<typeof needOf>>): Promise<void> {
    if (need === 'end') return this.#end(webhook);
    if (need === 'tidy') return this.#tidy(webhook);
    // Services refuse a second subscription to the same address.
    if (need === 'subscribe') await this.#tidy(webhook);
    const { book, base, now } = this.#parts;
    const event = await this.#eventOf(webhook);
    const told = base();
    const url = addressOf(told, book.secretsOf(webhook).address);
    const missed = need === 'subscribe' && webhook.unsure ? (await this.#at(webhook, url))[0] : undefined;
    if (missed !== undefined) {
      await book.change(webhook.id, () => ({ reference: { value: missed }, unsure: false, base: told }));
      return;
    }
    await book.change(webhook.id, () => ({ unsure: true, descriptor: event }));
    const answer = await this.#invoke(webhook, {
      operation: 'webhook.subscribe',
      event: webhook.event,
      url,
      secret: book.secretsOf(webhook).signing,
      parameters: webhook.parameters,
    });
    const { reference, secret, expiresAt } = this.#subscriptionIn(webhook, answer);
    await book.change(webhook.id, (present) => ({
      reference: { value: reference },
      unsure: false,
      base: told,
      expiresAt,
      renewAt: expiresAt === null ? null : renewalAt(expiresAt, now()),
      stale: present.reference ? [...present.stale, present.reference.value] : present.stale,
      ...(secret === null ? {} : book.withGiven(present, secret)),
    }));
  }

  async #tidy(webhook: Told): Promise<void> {
    for (const reference of webhook.stale) {
      await this.#unsubscribe(webhook, reference);
      await this.#parts.book.change(webhook.id, ({ stale }) => ({ stale: stale.slice(1) }));
    }
  }

  async #end(webhook: Told): Promise<void> {
    const { book, base, installs } = this.#parts;
    // Also one that is disabled: it must be able to end what it began.
    await installs.lend(webhook.application, webhook.user, async () => {
      await installs.get(webhook.application, webhook.user);
      if (webhook.unsure) {
        const url = addressOf(base(), book.secretsOf(webhook).address);
        for (const reference of await this.#at(webhook, url)) await this.#unsubscribe(webhook, reference);
        await book.change(webhook.id, () => ({ unsure: false }));
      }
      await this.#tidy(webhook);
      if (webhook.reference) await this.#unsubscribe(webhook, webhook.reference.value);
      await book.change(webhook.id, () => ({ reference: null, expiresAt: null, renewAt: null }));
    });
  }

  #unsubscribe(webhook: Told, reference: Json): Promise<Json> {
    return this.#invoke(webhook, { operation: 'webhook.unsubscribe', event: webhook.event, reference });
  }

  /** What the service has for an address; nothing when it cannot say. */
  async #at(webhook: Told, url: string): Promise<Json[]> {
    const answer = await this.#invoke(webhook, { operation: 'webhook.list', event: webhook.event });
    return subscriptionsIn(answer)
      .filter((one) => one.url === url)
      .map(({ reference }) => reference);
  }

  /** @throws SluiceError when it cannot be subscribed to as things are */
  async #eventOf(webhook: Told): Promise<WebhookEvent> {
    const { catalogue, installs } = this.#parts;
    const { application, user } = webhook;
    const event = eventIn(catalogue, application, webhook.event);
    const install = await installs.get(application, user);
    if (!install.enabled) throw new SluiceError('install.disabled', { application, user });
    checkParameters(application, event, webhook.parameters);
    return event;
  }

  #invoke(webhook: Told, body: Parameters<ApplicationCatalogue['invoke']>[2]): Promise<Json> {
    return this.#parts.catalogue.invoke(webhook.application, webhook.user, body);
  }

  #subscriptionIn(webhook: Told, answer: Json): { reference: Json; secret: string | null; expiresAt: number | null } {
    const { application } = webhook;
    const { reference, secret, expiresAt } = (answer ?? {}) as { [member: string]: Json | undefined };
    if (reference === undefined || reference === null) {
      const worker = this.#parts.catalogue.find(application).by[0]!.worker;
      throw new SluiceError('application.broken_answer', { application, worker, problem: 'it has no reference' });
    }
    return {
      reference,
      secret: typeof secret === 'string' && secret !== '' ? secret : null,
      expiresAt: typeof expiresAt === 'number' && expiresAt > this.#parts.now() ? Math.round(expiresAt) : null,
    };
  }

  async #failed(id: string, error: SluiceError): Promise<void> {
    const { book, now, log } = this.#parts;
    const { application, event, user, goal: to } = book.find(id);
    log.warn('A service was asked about a webhook in vain.', {
      id,
      application,
      event,
      user,
      to,
      reason: error.message,
    });
    await book.change(id, ({ attempts, goal }) => ({
      reason: error.message,
      attempts: attempts + 1,
      // With the install went what it takes to end it; it is tried again when there is one again.
      nextTryAt: goal === 'gone' && error.code === 'install.unknown' ? null : now() + pauseAfter(attempts + 1),
    }));
  }
}

/** @throws SluiceError `application.unknown`, `application.no_such_part` */
export function eventIn(catalogue: ApplicationCatalogue, application: string, name: string): WebhookEvent {
  const { webhooks } = catalogue.find(application).application;
  const event = webhooks.find((one) => one.name === name);
  if (event) return event;
  const known = webhooks.map((one) => one.name);
  throw new SluiceError('application.no_such_part', { application, part: 'event', name, known });
}

/** @throws SluiceError `webhook.parameters_invalid` */
export function checkParameters(
  application: string,
  { name, parameters }: WebhookEvent,
  values: Readonly<Record<string, Json>>,
): void {
  const fields: Record<string, string> = parameters ? checkForm(parameters, values) : {};
  for (const field of Object.keys(values))
    if (!parameters?.fields.some(({ key }) => key === field)) fields[field] = 'There is no such field.';
  if (Object.keys(fields).length > 0)
    throw new SluiceError('webhook.parameters_invalid', { application, event: name, fields });
}

/** What `webhook.list` answered, of whatever kind it is. */
export function subscriptionsIn(answer: Json): { reference: Json; url: string }[] {
  if (!Array.isArray(answer)) return [];
  return answer.filter(
    (one): one is { reference: Json; url: string } =>
      typeof one === 'object' &&
      one !== null &&
      !Array.isArray(one) &&
      'reference' in one &&
      typeof one.url === 'string',
  );
}
