// Door of notifications: rules are looked at in turns, and what they say goes out by channels.

import { randomUUID } from 'node:crypto';
import type { Log, RecordStore } from '@sluice/engine';
import {
  type ChannelView,
  type CheckedChannel,
  type CheckedRule,
  type DeliveryQuery,
  type DeliveryView,
  type NotificationRuleView,
  SluiceError,
} from '@sluice/protocol';
import { Book } from './book/book.ts';
import type { Sealer } from './sealer.ts';
import { Outbox } from './send/outbox.ts';
import { type StartTopology, send } from './send/senders.ts';
import type { Sources } from './watch/sources.ts';
import { Watcher } from './watch/watcher.ts';
import type { Notice } from './watch/words.ts';

export type { Sealer } from './sealer.ts';
export type { StartTopology } from './send/senders.ts';
export { DELIVERY_HEADER } from './send/webhook.ts';
export type { Sources } from './watch/sources.ts';

const DEFAULT_LOOK_MS = 5_000;

export interface NotificationOptions {
  readonly records: RecordStore;
  readonly sealer: Sealer;
  readonly sources: Sources;
  readonly start: StartTopology;
  readonly log: Log;
  /** Address of a page of the web application. */
  readonly urlOf: (page: string) => string;
  /** How often rules are looked at. Default 5 s. */
  readonly lookMs?: number;
  readonly now?: () => number;
}

export class Notifications {
  readonly #options: NotificationOptions;
  readonly #now: () => number;
  readonly #book: Book;
  readonly #outbox: Outbox;
  readonly #watcher: Watcher;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: NotificationOptions) {
    const { records, sealer, sources, log, urlOf, now = Date.now } = options;
    this.#options = options;
    this.#now = now;
    this.#book = new Book(records, sealer);
    this.#outbox = new Outbox(records, log, (channel, id, notice) => this.#send(channel, id, notice), now);
    this.#watcher = new Watcher({ records, sources, book: this.#book, outbox: this.#outbox, log, now, urlOf });
  }

  async start(): Promise<void> {
    await this.#book.load();
    await this.#outbox.load();
    await this.#watcher.load();
    this.#plan();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  channels(): ChannelView[] {
    return this.#book.channels();
  }

  channel(name: string): ChannelView {
    return this.#book.channel(name);
  }

  saveChannel(name: string, request: CheckedChannel): Promise<ChannelView> {
    return this.#book.saveChannel(name, request);
  }

  removeChannel(name: string): Promise<void> {
    return this.#book.removeChannel(name);
  }

  /** Send something by it now. @throws SluiceError `notification.not_sent` in the words of what refused it */
  async testChannel(name: string): Promise<DeliveryView> {
    const at = this.#now();
    const subject = 'This is a test';
    const lines = [`The channel ${name} works.`];
    const notice: Notice = { rule: null, subject, lines, count: 1, url: this.#options.urlOf('/notifications'), at };
    const id = randomUUID();
    const tried = { id, rule: null, channel: name, at, attempts: 1, subject, nextTryAt: null };
    this.#book.channel(name);
    try {
      await this.#send(name, id, notice);
    } catch (cause) {
      const reason = (cause as Error).message;
      await this.#outbox.note({ ...tried, state: 'failed', error: reason, notice });
      throw new SluiceError('notification.not_sent', { channel: name, reason }, { cause });
    }
    const sent = { ...tried, state: 'sent', error: null } as const;
    await this.#outbox.note({ ...sent, notice });
    return sent;
  }

  rules(): NotificationRuleView[] {
    return [...this.#book.rules().keys()].sort().map((name) => this.rule(name));
  }

  rule(name: string): NotificationRuleView {
    const rule = this.#book.rule(name);
    const { firing, gathered, lastSentAt } = this.#watcher.stateOf(name);
    return { ...rule, name, firing: [...firing], gathered, lastSentAt };
  }

  async saveRule(name: string, rule: CheckedRule): Promise<NotificationRuleView> {
    await this.#book.saveRule(name, rule);
    await this.#watcher.begin(name, rule);
    this.#plan(0);
    return this.rule(name);
  }

  async removeRule(name: string): Promise<void> {
    await this.#book.removeRule(name);
    await this.#watcher.forget(name);
  }

  deliveries(query: DeliveryQuery): DeliveryView[] {
    return this.#outbox.list(query);
  }

  rotateSecrets(): Promise<number> {
    return this.#book.rotateSecrets();
  }

  /** Look at all rules now, and send what is due. Turns never overlap. */
  look(): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      try {
        await this.#watcher.look();
        await this.#outbox.sendDue();
      } catch (error) {
        this.#options.log.warn('Notifications could not be looked at; it is tried again.', { error });
      }
    });
    return this.#turn;
  }

  /** Where there is no rule and nothing waits, nobody looks. */
  #plan(waitMs = this.#options.lookMs ?? DEFAULT_LOOK_MS): void {
    clearTimeout(this.#timer);
    if (this.#stopped || (this.#book.rules().size === 0 && this.#outbox.waiting === 0)) return;
    this.#timer = setTimeout(() => void this.look().then(() => this.#plan()), waitMs);
    this.#timer.unref();
  }

  #send(channel: string, id: string, notice: Notice): Promise<void> {
    return send(this.#book.opened(channel), id, notice, this.#options.start);
  }
}
