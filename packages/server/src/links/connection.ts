// One WebSocket of one replica of a worker: calls out in batches, answers in, nothing lost without a word.

import { isUtf8 } from 'node:buffer';
import { type Chain, OpenCalls } from '@sluice/engine/workers';
import {
  type Ask,
  type AskResult,
  type Called,
  FrameReader,
  goneWhenSent,
  type Invocation,
  type InvocationResult,
  invocationResultFault,
  isPacked,
  type LinkRecord,
  type Manifest,
  ManifestSchema,
  type PlatformFrame,
  pieceOf,
  readFrame,
  type StepCall,
  type StreamFrame,
  WorkBuilder,
} from '@sluice/protocol';
import type { WebSocket } from 'ws';
import { LinkMethodCalls } from './methods.ts';

export interface ConnectionEvents {
  /** The worker said hello and may be called. */
  welcome(connection: LinkConnection): void;
  /** Room for more calls. */
  freed(): void;
  closed(connection: LinkConnection): void;
  records(records: readonly LinkRecord[]): void;
  /** Never rejects. */
  ask(ask: Ask): Promise<AskResult>;
}

const HELLO_MS = 10_000;
const PING_MS = 10_000;
/** Questions of one replica that are answered at once; more is no honest work. */
const MOST_ASKS = 10_000;

interface OpenInvocation {
  resolve(result: InvocationResult): void;
  reject(error: Error): void;
  readonly late: NodeJS.Timeout;
}

export class LinkConnection {
  readonly #socket: WebSocket;
  readonly #worker: string;
  readonly #events: ConnectionEvents;
  readonly #open: OpenCalls;
  /** Calls that go in the next frame. */
  #waiting: WorkBuilder | null = null;
  /** The worker takes packed frames. */
  #packs = false;
  readonly #parts = new FrameReader();
  readonly #invocations = new Map<number, OpenInvocation>();
  #lastInvocation = 0;
  readonly methods = new LinkMethodCalls((frame) => this.#send(frame));
  #asks = 0;
  #credit = 0;
  #draining = false;
  #alive = true;
  readonly #hello: NodeJS.Timeout;
  readonly #ping: NodeJS.Timeout;
  manifest: Manifest | null = null;

  constructor(socket: WebSocket, worker: string, events: ConnectionEvents) {
    this.#socket = socket;
    this.#worker = worker;
    this.#events = events;
    this.#open = new OpenCalls((late) => {
      for (const call of late) this.#send({ t: 'forget', call });
      events.freed();
    });
    this.#hello = setTimeout(() => socket.close(1008, 'no hello within 10 s'), HELLO_MS);
    this.#ping = setInterval(() => {
      if (!this.#alive) {
        socket.terminate();
        return;
      }
      this.#alive = false;
      socket.ping();
    }, PING_MS);
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('message', (data, isBinary) => {
      this.#alive = true;
      if (!isBinary || isPacked(data as Buffer)) this.#receive(data as Buffer, isBinary);
      else this.#part(data as Buffer);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#closed());
  }

  get room(): number {
    return this.manifest && !this.#draining ? this.#credit - this.#open.size : 0;
  }

  get underway(): number {
    return this.#open.size;
  }

  call(call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called> {
    if (this.room <= 0)
      return Promise.resolve({ kind: 'unreachable', reason: 'the worker takes no more calls at the moment' });
    return new Promise((resolve) => {
      const number = this.#open.open(timeoutMs, resolve, chain);
      if (!this.#waiting) {
        this.#waiting = new WorkBuilder(this.#packs);
        setImmediate(() => this.#flush());
      }
      this.#waiting.add(number, call, timeoutMs, chain?.links);
      if (this.#waiting.isFull) this.#flush();
      this.#open.giveUpOn(number, signal);
    });
  }

  /** Work beside messages. @throws Error in words, when no sound result came */
  invoke(invocation: Invocation, timeoutMs: number): Promise<InvocationResult> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastInvocation;
      const late = setTimeout(() => {
        this.#invocations.delete(id);
        reject(new Error(`no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#invocations.set(id, { resolve, reject, late });
      this.#send({ t: 'invoke', id, invocation, timeoutMs });
    });
  }

  /** What the worker knows of an install is old. */
  changed(application: string, user: string): void {
    if (this.manifest) this.#send({ t: 'changed', application, user });
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #flush(): void {
    const work = this.#waiting;
    this.#waiting = null;
    if (work) this.#send(work.frame());
  }

  /** Of a frame, or of a body. */
  #part(message: Buffer): void {
    const piece = pieceOf(message);
    if (piece) this.#piece(piece);
    else this.#chunk(message);
  }

  #piece(piece: Uint8Array): void {
    if (!this.manifest) {
      this.#refuse('hello comes before parts of a frame');
      return;
    }
    let frames: Buffer[];
    try {
      frames = [...this.#parts.read(piece)];
    } catch {
      this.#refuse('there is no memory for a frame of this length');
      return;
    }
    for (const frame of frames) this.#receive(frame, true);
    if (this.#parts.isTooLong) this.#refuse('a frame is too long');
  }

  #chunk(frame: Buffer): void {
    if (!this.manifest) this.#refuse('hello comes before bodies');
    else if (!this.methods.chunk(frame)) this.#refuse('a body came faster than it may');
  }

  #receive(data: Buffer, isBinary: boolean): void {
    let frame: unknown;
    try {
      frame = readFrame(data, isBinary, isUtf8);
    } catch {
      this.#refuse('a frame must be JSON, or packed as the protocol says');
      return;
    }
    const { t, answers, records, manifest, credit, packed, id, ask, result, head } = (frame ?? {}) as Record<
      string,
      unknown
    >;
    switch (t) {
      case 'hello':
        this.#packs = packed === true;
        this.#greet(manifest, credit);
        return;
      case 'done':
        if (!Array.isArray(answers)) this.#refuse('"answers" must be a list');
        else {
          this.#open.settle(answers);
          this.#events.freed();
        }
        return;
      case 'record':
        if (Array.isArray(records)) this.#events.records(records as LinkRecord[]);
        return;
      case 'ask':
        void this.#answer(Number(id), ask as Ask);
        return;
      case 'invoked':
        this.#invoked(Number(id), result);
        return;
      case 'method.answer':
        this.methods.answered(Number(id), head);
        return;
      case 'stream.credit':
      case 'stream.end':
      case 'stream.abort':
        this.methods.take(frame as StreamFrame);
        return;
      case 'drain':
        this.#draining = true;
        this.#flush();
        this.#send({ t: 'drained' });
        return;
      default:
        this.#refuse(`unknown frame ${JSON.stringify(t ?? null)}`);
    }
  }

  async #answer(id: number, ask: Ask): Promise<void> {
    if (!this.manifest) return this.#refuse('hello comes before questions');
    if (this.#asks >= MOST_ASKS) return this.#refuse(`more than ${MOST_ASKS} questions at once`);
    this.#asks++;
    const result = await this.#events.ask(ask);
    this.#asks--;
    this.#send({ t: 'answer', id, result });
  }

  #invoked(id: number, result: unknown): void {
    const open = this.#invocations.get(id);
    if (!open) return;
    clearTimeout(open.late);
    this.#invocations.delete(id);
    const fault = invocationResultFault(result);
    if (fault) open.reject(new Error(fault));
    else open.resolve(result as InvocationResult);
  }

  #greet(manifest: unknown, credit: unknown): void {
    const parsed = ManifestSchema.safeParse(manifest);
    if (!parsed.success) {
      this.#refuse(
        `the manifest is not valid: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
      );
      return;
    }
    clearTimeout(this.#hello);
    this.manifest = parsed.data;
    this.#credit = Math.min(Math.max(1, Math.trunc(Number(credit) || 1)), 10_000);
    this.#send({ t: 'welcome', worker: this.#worker, platform: 'sluice', packed: true, parts: true });
    this.#events.welcome(this);
  }

  #refuse(reason: string): void {
    this.#socket.close(1008, reason.slice(0, 120));
  }

  #closed(): void {
    clearTimeout(this.#hello);
    clearInterval(this.#ping);
    const unsent = new Set(this.#waiting?.numbers());
    this.#waiting = null;
    this.manifest = null;
    this.#events.closed(this);
    for (const { reject, late } of this.#invocations.values()) {
      clearTimeout(late);
      reject(new Error('the link was lost before the worker answered'));
    }
    this.#invocations.clear();
    this.methods.lost('the link was lost before the answer was complete');
    this.#open.endAll((call) =>
      unsent.has(call)
        ? { kind: 'unreachable', reason: 'the link was lost before the call was sent' }
        : { kind: 'unanswered', reason: 'the link was lost before the worker answered' },
    );
  }

  #send(frame: PlatformFrame | Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (frame instanceof Uint8Array) this.#socket.send(frame, goneWhenSent(frame));
    else this.#socket.send(JSON.stringify(frame));
  }
}
