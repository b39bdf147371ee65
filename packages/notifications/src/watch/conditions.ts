// What is the case now, for conditions that are states: each finding has a key that stays the same while it lasts.

import type { Ledger } from '@sluice/engine';
import type { NotificationCondition } from '@sluice/protocol';
import type { Sources } from './sources.ts';

export interface Finding {
  readonly key: string;
  readonly words: string;
}

type Of<K extends NotificationCondition['kind']> = Extract<NotificationCondition, { kind: K }>;
/** Answers of one look are shared between rules. */
export class Look {
  readonly #sources: Sources;
  #ledger: Promise<Ledger> | undefined;
  #installs: ReturnType<Sources['installs']> | undefined;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What a state condition finds; ends of processes are events and found elsewhere. */
  async findings(when: NotificationCondition, now: number): Promise<Finding[]> {
    switch (when.kind) {
      case 'process-failed':
        return [];
      case 'trash':
        return this.#trash(when);
      case 'queue':
        return this.#queue(when);
      case 'worker-down':
        return this.#workers(when);
      case 'ledger':
        return this.#unbalanced();
      case 'authorise':
        return this.#authorise(when);
      case 'certificate':
        return this.#certificates(when, now);
    }
  }

  async #trash({ over, topology }: Of<'trash'>): Promise<Finding[]> {
    const counts = new Map<string, number>();
    for (const node of (await this.#books()).nodes)
      if (topology === undefined || node.topology === topology)
        counts.set(node.topology, (counts.get(node.topology) ?? 0) + node.trash);
    return [...counts]
      .filter(([, count]) => count > over)
      .map(([name, count]) => ({ key: name, words: `${name}: ${messages(count)} in trash` }));
  }

  async #queue({ over, topology, node }: Of<'queue'>): Promise<Finding[]> {
    return (await this.#books()).nodes
      .filter(
        (one) =>
          (topology === undefined || one.topology === topology) &&
          (node === undefined || one.node === node) &&
          one.queued > over,
      )
      .map((one) => ({
        key: `${one.topology}/${one.version}/${one.node}`,
        words: `${one.topology} / ${one.node}: ${messages(one.queued)} queued`,
      }));
  }

  #workers({ worker }: Of<'worker-down'>): Finding[] {
    return this.#sources
      .workers()
      .filter(({ name, health }) => health === 'down' && (worker === undefined || name === worker))
      .map(({ name, reason }) => ({ key: name, words: `Worker ${name} is gone${reason ? `: ${reason}` : ''}` }));
  }

  async #unbalanced(): Promise<Finding[]> {
    return (await this.#books()).nodes
      .filter(({ balanced }) => !balanced)
      .map(({ topology, version, node, ...entry }) => {
        const { finished, queued, leased, delayed, limited, held, trash } = entry;
        const missing = entry.accepted + entry.emitted - finished - queued - leased - delayed - limited - held - trash;
        return {
          key: `${topology}/${version}/${node}`,
          words: `${topology} / ${node} of version ${version}: ${messages(Math.abs(missing))} ${missing > 0 ? 'missing' : 'too many'}`,
        };
      });
  }

  async #authorise({ application }: Of<'authorise'>): Promise<Finding[]> {
    this.#installs ??= this.#sources.installs();
    return (await this.#installs)
      .filter((one) => one.authorised === 'broken' && (application === undefined || one.application === application))
      .map((one) => ({
        key: `${one.application}/${one.user}`,
        words: `${one.application} of ${one.user} has to be authorised again${one.reason ? `: ${one.reason}` : ''}`,
      }));
  }

  #certificates({ withinDays }: Of<'certificate'>, now: number): Finding[] {
    return this.#sources
      .certificates()
      .filter(({ endsAt }) => endsAt - now < withinDays * 86_400_000)
      .map(({ name, endsAt }) => ({
        key: `${name}/${endsAt}`,
        words: `${name} ${endsAt < now ? 'ended' : 'ends'} on ${new Date(endsAt).toISOString().slice(0, 10)}`,
      }));
  }

  #books(): Promise<Ledger> {
    this.#ledger ??= this.#sources.ledger();
    return this.#ledger;
  }
}

const messages = (count: number): string => `${count} ${count === 1 ? 'message' : 'messages'}`;

/** How long it must last before anybody is told. */
export const patienceOf = (when: NotificationCondition): number =>
  'forMinutes' in when ? when.forMinutes * 60_000 : 0;
