// The journal of a flow: what the store itself remembers, in lines. Times are relative, ids are numbered, and messages stand
// under the one they came from, so that it says the same whatever the order in which things of one instant happened.

import type { Engine, ProcessRecord, StepRecord } from '@sluice/engine';
import { inWords } from '../flow/duration.ts';
import { everyPage } from '../flow/pages.ts';

const MOST_BODY = 160;
const DEEPEST = 12;
const TIME_WIDTH = 14;

export interface JournalOptions {
  /** Epoch milliseconds that count as 0. */
  readonly began: number;
  /** One process instead of all. */
  readonly processId?: string | undefined;
}

export async function journalOf(engine: Engine, { began, processId }: JournalOptions): Promise<string> {
  const processes = (await everyPage((page) => engine.reads.processes({}, page))).reverse();
  const writer = new JournalWriter(began, processes);
  for (const process of processes) {
    if (processId !== undefined && process.id !== processId) continue;
    const content = await engine.reads.content(process.id);
    writer.process(process, content ? await text(engine, content.payload) : '');
    const steps = await everyPage((page) => engine.reads.history(process.id, page));
    for (const { step, depth } of tree(steps)) writer.message(step, depth, await text(engine, step.message.payload));
    if (content?.answer) writer.answer(content.answer.status, await text(engine, content.answer.payload));
  }
  if (processId === undefined) writer.ledger(await engine.ledger());
  return writer.text();
}

/** Every message after the one it came from, siblings in the order they were emitted. */
function* tree(steps: readonly StepRecord[]): Iterable<{ step: StepRecord; depth: number }> {
  const ids = new Set(steps.map(({ message }) => message.id));
  const children = new Map<string | null, StepRecord[]>();
  for (const step of steps) {
    const { parentId } = step.message;
    const parent = parentId !== null && ids.has(parentId) ? parentId : null;
    const siblings = children.get(parent);
    if (siblings) siblings.push(step);
    else children.set(parent, [step]);
  }
  const open = [...(children.get(null) ?? [])].reverse().map((step) => ({ step, depth: 1 }));
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const { step, depth } = next;
    for (const child of [...(children.get(step.message.id) ?? [])].reverse())
      open.push({ step: child, depth: depth + 1 });
  }
}

async function text(engine: Engine, payload: StepRecord['message']['payload']): Promise<string> {
  const body = await engine.body(payload);
  const where = payload.blob === null ? '' : ' (checked into the blob store)';
  if (typeof body !== 'string') return `‹${body.byteLength} bytes›${where}`;
  const line = body.replaceAll(/\s*\n\s*/g, ' ');
  return line.length <= MOST_BODY
    ? `${line}${where}`
    : `${line.slice(0, MOST_BODY)}… ‹${body.length} characters›${where}`;
}

class JournalWriter {
  readonly #began: number;
  readonly #names: ReadonlyMap<string, string>;
  readonly #lines: string[] = [];

  constructor(began: number, processes: readonly ProcessRecord[]) {
    this.#began = began;
    this.#names = new Map(processes.map(({ id }, index) => [id, `process-${index + 1}`]));
  }

  process(
    { id, topology, startNode, status, user, total, done, failed, startedAt, replayOf }: ProcessRecord,
    body: string,
  ): void {
    const of = replayOf === null ? '' : `, a replay of ${this.#names.get(replayOf) ?? 'one that is gone'}`;
    const trash = failed > 0 ? `, ${failed} in trash or discarded` : '';
    if (this.#lines.length > 0) this.#lines.push('');
    this.#lines.push(
      `${this.#names.get(id)} of ${topology} for ${user}${of}: ${status}, ${done} of ${total} done${trash}`,
    );
    this.#at(startedAt, 0, `${startNode} ${body}`);
  }

  message(
    { message, node, state, result, code, reason, changedAt, attempts }: StepRecord,
    depth: number,
    body: string,
  ): void {
    const end = ending({ state, result, code, reason, dueAt: message.dueAt }, (at) => inWords(at - this.#began));
    const past = state === 'trash' || state === 'held' ? attempts.slice(0, -1) : attempts;
    if (past.length === 0 && (changedAt === message.arrivedAt || end === null)) {
      this.#at(message.arrivedAt, depth, `${node} ${body}${end === null ? '' : `  → ${end}`}`);
      return;
    }
    this.#at(message.arrivedAt, depth, `${node} ${body}`);
    for (const { attempt, at, code, reason } of past) {
      const what =
        code === 'replayed' ? reason : code === 'held' ? `held: ${reason}` : `attempt ${attempt}: ${code}, ${reason}`;
      this.#at(at, depth, `${node}  ${what}`);
    }
    if (end !== null) this.#at(changedAt, depth, `${node}  → ${end}`);
  }

  answer(status: number, body: string): void {
    this.#lines.push(`${''.padStart(TIME_WIDTH)}  answered ${status} ${body}`);
  }

  ledger({ accepted, emitted, finished, balanced, ...waiting }: Awaited<ReturnType<Engine['ledger']>>): void {
    const places = (['queued', 'leased', 'delayed', 'limited', 'held', 'trash'] as const)
      .filter((place) => waiting[place] > 0)
      .map((place) => ` + ${waiting[place]} ${place === 'trash' ? 'in trash' : place}`);
    this.#lines.push(
      '',
      `ledger: ${accepted} accepted + ${emitted} emitted = ${finished} finished${places.join('')}, ${balanced ? 'balanced' : 'NOT BALANCED'}`,
    );
  }

  text(): string {
    return `${this.#lines.join('\n').trim()}\n`;
  }

  #at(at: number, depth: number, what: string): void {
    this.#lines.push(
      `${inWords(at - this.#began).padStart(TIME_WIDTH)}  ${'  '.repeat(Math.min(depth, DEEPEST))}${this.#named(what)}`,
    );
  }

  /** Ids of processes and messages differ from run to run; their names do not. */
  #named(text: string): string {
    let named = text;
    for (const [id, name] of this.#names)
      if (named.includes(id))
        named = named.replaceAll(new RegExp(`${id}\\.[\\w-]{16}`, 'g'), `${name}.message`).replaceAll(id, name);
    return named;
  }
}

interface Ending {
  readonly state: StepRecord['state'];
  readonly result: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly dueAt: number | null;
}

/** How a message ended, or what it waits for; null when it is on its way. */
function ending({ state, result, code, reason, dueAt }: Ending, time: (at: number) => string): string | null {
  const because = reason === null ? '' : `: ${reason}`;
  switch (state) {
    case 'done':
      return `${result}${because}`;
    case 'trash':
      return `trash (${code})${because}`;
    case 'held':
      return `waits for a person${because}`;
    case 'delayed':
      return `waits until ${time(dueAt!)}`;
    case 'limited':
      return 'waits for a permit';
    case 'blocked':
      return 'waits behind its ordering key';
    case 'ready':
      return null;
  }
}
