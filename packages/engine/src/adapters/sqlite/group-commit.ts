// Group commit: while the thread syncs one group, the next one gathers. The busier the store, the cheaper a message.
//
// A second group may wait at the thread, so that neither side stands still while the other works. It must be worth a
// sync of its own, or groups would grow small and dear. Groups never depend on each other: whoever wants to build on an
// operation waits for its answer first.

import { SluiceError } from '@sluice/protocol';
import { isShared } from '@sluice/protocol/memory';
import { encodeOps } from './codec/ops.ts';
import { decodeReply } from './codec/reply.ts';
import type { Op, OpResult, Reply } from './operations.ts';
import type { Thread } from './threads.ts';
import type { Answer, Request } from './write-thread.ts';

/** Most operations of one transaction: bounds the time a single sync can hold others up. */
const MAX_GROUP = 512;
/** Groups at the thread, and how large one must be to wait behind another. */
const MAX_UNDERWAY = 2;
const MIN_SECOND = 16;

interface Waiting {
  readonly resolve: (result: OpResult) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit {
  readonly #thread: Thread;
  /** Operations that gather, and who waits for each. Apart: what an operation carries is not kept until it is answered. */
  #gathering: Op[] = [];
  #waiting: Waiting[] = [];
  /** Who waits for the groups at the thread, oldest first. */
  readonly #underway: Waiting[][] = [];
  #scheduled = false;
  #broken: Error | null = null;
  #idle: (() => void)[] = [];
  /** Readers do not see all that was acknowledged yet. */
  #unpublished = false;
  /** There is data of connectors among it. */
  #unpublishedData = false;
  #publishing: { readonly done: Promise<void>; end(failed?: string): void } | null = null;
  /** Why the last group failed, until one succeeds. */
  trouble: string | null = null;

  constructor(thread: Thread) {
    this.#thread = thread;
    thread.on('message', (answer: Answer) => {
      if (Array.isArray(answer)) this.#settle(decodeReply(answer));
      else if (answer.did === 'publish') this.#publishing?.end(answer.failed);
    });
    thread.on('error', (error) => this.#breakDown(error));
    thread.on('exit', () => this.#breakDown(new Error('the writing thread ended')));
  }

  /** @throws SluiceError `store.write_failed`: nothing of this operation was written */
  run(op: Op): Promise<OpResult> {
    if (this.#broken) return Promise.reject(new SluiceError('store.write_failed', { reason: this.#broken.message }));
    return new Promise((resolve, reject) => {
      this.#gathering.push(op);
      this.#waiting.push({ resolve, reject });
      this.#schedule();
    });
  }

  /**
   * Let readers see all data of connectors that was acknowledged. Who only reads causes no commit however many messages
   * pass meanwhile.
   * @throws as `publish`
   */
  publishData(): Promise<void> {
    return this.#unpublishedData || this.#publishing ? this.publish() : Promise.resolve();
  }

  /**
   * Let readers see everything that was acknowledged.
   * @throws SluiceError `store.write_failed`: it is safe in the log, but the tables cannot be written
   */
  publish(): Promise<void> {
    // One that is under way will do: what it comes too late for was not acknowledged yet.
    if (this.#publishing) return this.#publishing.done;
    if (!this.#unpublished || this.#broken) return Promise.resolve();
    this.#unpublished = false;
    const hadData = this.#unpublishedData;
    this.#unpublishedData = false;
    let end!: (failed?: string) => void;
    const done = new Promise<void>((resolve, reject) => {
      end = (failed) => {
        this.#publishing = null;
        if (failed === undefined) return resolve();
        this.#unpublished = true;
        this.#unpublishedData ||= hadData;
        reject(new SluiceError('store.write_failed', { reason: failed }));
      };
    });
    this.#publishing = { done, end };
    this.#ask({ do: 'publish' });
    return done;
  }

  /** Resolved when everything given so far is written. */
  async drain(): Promise<void> {
    if (this.#gathering.length === 0 && this.#underway.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled || !this.#mayGo()) return;
    this.#scheduled = true;
    // After the events of this turn: what they bring goes into the same group.
    setImmediate(() => {
      this.#scheduled = false;
      this.#send();
    });
  }

  #mayGo(): boolean {
    if (this.#broken || this.#gathering.length === 0) return false;
    return (
      this.#underway.length === 0 || (this.#underway.length < MAX_UNDERWAY && this.#gathering.length >= MIN_SECOND)
    );
  }

  #send(): void {
    if (!this.#mayGo()) return;
    const ops = this.#gathering;
    const waiting = this.#waiting;
    this.#gathering = ops.splice(MAX_GROUP);
    this.#waiting = waiting.splice(MAX_GROUP);
    this.#underway.push(waiting);
    this.#unpublished = true;
    this.#unpublishedData ||= ops.some(({ op }) => op === 'data');
    const encoded = encodeOps(ops);
    const own = encoded.contents.filter((part) => !isShared(part));
    this.#ask(
      encoded,
      own.map(({ buffer }) => buffer as ArrayBuffer),
    );
    this.#schedule();
  }

  #ask(request: Request, given: ArrayBuffer[] = []): void {
    this.#thread.postMessage(request, given);
  }

  #settle(reply: Reply): void {
    const settled = this.#underway.shift()!;
    this.#schedule();
    this.trouble = null;
    for (const [index, result] of reply.results.entries()) {
      const waiting = settled[index]!;
      if ('ok' in result) waiting.resolve(result.ok);
      else {
        this.trouble = result.failed;
        waiting.reject(new SluiceError('store.write_failed', { reason: result.failed }));
      }
    }
    if (this.#underway.length === 0 && this.#gathering.length === 0) for (const idle of this.#idle.splice(0)) idle();
  }

  #breakDown(error: Error): void {
    if (this.#broken) return;
    this.#broken = error;
    this.trouble = error.message;
    this.#publishing?.end(error.message);
    const failure = new SluiceError('store.write_failed', { reason: error.message }, { cause: error });
    for (const waiting of [...this.#underway.flat(), ...this.#waiting]) waiting.reject(failure);
    this.#underway.length = 0;
    this.#gathering = [];
    this.#waiting = [];
    for (const idle of this.#idle.splice(0)) idle();
  }
}
