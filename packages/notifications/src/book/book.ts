// Rules and channels: few, in memory and on disk; the secrets of channels are sealed.

import type { RecordStore } from '@sluice/engine';
import { type ChannelView, type CheckedChannel, type CheckedRule, SluiceError } from '@sluice/protocol';
import type { Sealer } from '../sealer.ts';

const CHANNELS = 'notification-channel';
const RULES = 'notification-rule';
const MOST = 100;

type StoredChannel = { readonly settings: Record<string, unknown>; readonly sealed: string | null };

export class Book {
  readonly #records: RecordStore;
  readonly #sealer: Sealer;
  readonly #channels = new Map<string, StoredChannel>();
  readonly #rules = new Map<string, CheckedRule>();

  constructor(records: RecordStore, sealer: Sealer) {
    this.#records = records;
    this.#sealer = sealer;
  }

  async load(): Promise<void> {
    for (const { key, value } of await this.#records.list<StoredChannel>(CHANNELS)) this.#channels.set(key, value);
    for (const { key, value } of await this.#records.list<CheckedRule>(RULES)) this.#rules.set(key, value);
  }

  channels(): ChannelView[] {
    return [...this.#channels.keys()].sort().map((name) => this.channel(name));
  }

  /** @throws SluiceError `notification.unknown` */
  channel(name: string): ChannelView {
    const { settings, sealed } = this.#channel(name);
    return { ...settings, name, sealed: sealed !== null } as ChannelView;
  }

  /** With its secret, or null when it has none. */
  opened(name: string): { channel: ChannelView; secret: string | null } {
    const { sealed } = this.#channel(name);
    return { channel: this.channel(name), secret: sealed === null ? null : this.#sealer.open(sealed, placeOf(name)) };
  }

  /** A secret that is left out stays, as long as the channel is of the same kind and leads to the same place. */
  async saveChannel(name: string, request: CheckedChannel): Promise<ChannelView> {
    mustHaveRoom(this.#channels, name, 'channels');
    const { password, secret, ...settings } = request as Record<string, unknown>;
    const given = (password ?? secret) as string | undefined;
    const before = this.#channels.get(name);
    // A secret goes only to whom it was given for.
    const kept = before && sameTarget(before.settings, settings) ? before.sealed : null;
    const stored = { settings, sealed: given === undefined ? kept : this.#sealer.seal(given, placeOf(name)) };
    await this.#records.write([{ collection: CHANNELS, key: name, value: stored }]);
    this.#channels.set(name, stored);
    return this.channel(name);
  }

  /** @throws SluiceError `notification.channel_used` */
  async removeChannel(name: string): Promise<void> {
    this.#channel(name);
    const rules = [...this.#rules].filter(([, { to }]) => to.includes(name)).map(([rule]) => rule);
    if (rules.length > 0) throw new SluiceError('notification.channel_used', { channel: name, rules });
    await this.#records.write([{ collection: CHANNELS, key: name, value: null }]);
    this.#channels.delete(name);
  }

  rules(): ReadonlyMap<string, CheckedRule> {
    return this.#rules;
  }

  rule(name: string): CheckedRule {
    const rule = this.#rules.get(name);
    if (!rule) throw new SluiceError('notification.unknown', { what: 'rule', name });
    return rule;
  }

  /** @throws SluiceError `notification.no_channel` */
  async saveRule(name: string, rule: CheckedRule): Promise<void> {
    mustHaveRoom(this.#rules, name, 'rules');
    const missing = rule.to.filter((channel) => !this.#channels.has(channel));
    if (missing.length > 0) throw new SluiceError('notification.no_channel', { rule: name, channels: missing });
    await this.#records.write([{ collection: RULES, key: name, value: rule }]);
    this.#rules.set(name, rule);
  }

  async removeRule(name: string): Promise<void> {
    this.rule(name);
    await this.#records.write([{ collection: RULES, key: name, value: null }]);
    this.#rules.delete(name);
  }

  /** Topologies that channels start: what they do is told to nobody by them, or one failure would tell of the next. */
  toldTopologies(): ReadonlySet<string> {
    return new Set(this.channels().flatMap((channel) => (channel.kind === 'topology' ? [channel.topology] : [])));
  }

  /** Seal anew what is sealed under a former key. @returns how many */
  async rotateSecrets(): Promise<number> {
    let count = 0;
    for (const [name, { settings, sealed }] of this.#channels) {
      if (sealed === null || !this.#sealer.isOld(sealed)) continue;
      const stored = { settings, sealed: this.#sealer.seal(this.#sealer.open(sealed, placeOf(name)), placeOf(name)) };
      await this.#records.write([{ collection: CHANNELS, key: name, value: stored }]);
      this.#channels.set(name, stored);
      count++;
    }
    return count;
  }

  #channel(name: string): StoredChannel {
    const channel = this.#channels.get(name);
    if (!channel) throw new SluiceError('notification.unknown', { what: 'channel', name });
    return channel;
  }
}

const placeOf = (name: string): string => `${CHANNELS}/${name}`;

const sameTarget = (a: Record<string, unknown>, b: Record<string, unknown>): boolean =>
  (['kind', 'host', 'port', 'user', 'url'] as const).every((name) => a[name] === b[name]);

function mustHaveRoom(of: ReadonlyMap<string, unknown>, name: string, what: string): void {
  if (!of.has(name) && of.size >= MOST) throw new SluiceError('notification.too_many', { what, most: MOST });
}
