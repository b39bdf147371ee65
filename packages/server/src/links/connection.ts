// One WebSocket of one replica of a worker: calls out in batches, answers in, nothing lost without a word.

import {
  type CallResult,
  fromWireOutcome,
  type LinkRecord,
  type Manifest,
  ManifestSchema,
  outcomeFault,
  type PlatformFrame,
  type StepCall,
  toWireBody,
  type WireCall,
  type WireOutcome,
} from '@sluice/protocol';
import type { WebSocket } from 'ws';

interface OpenCall {
  readonly resolve: (result: CallResult) => void;
  readonly deadline: number;
  readonly timeoutMs: number;
}

export interface ConnectionEvents {
  /** The worker said hello and may be called. */
  welcome(connection: LinkConnection): void;
  /** Room for more calls. */
  freed(): void;
  closed(connection: LinkConnection): void;
  records(records: readonly LinkRecord[]): void;
}

const HELLO_MS = 10_000;
const PING_MS = 10_000;
/** Deadlines are looked at this often: one sweep for all calls instead of a timer for each. */
const SWEEP_MS = 20;

export class LinkConnection {
  readonly #socket: WebSocket;
  readonly #worker: string;
  readonly #events: ConnectionEvents;
  readonly #open = new Map<number, OpenCall>();
  #waiting: WireCall[] = [];
  #next = 1;
  #credit = 0;
  #draining = false;
  #alive = true;
  #sweep: NodeJS.Timeout | null = null;
  readonly #hello: NodeJS.Timeout;
  readonly #ping: NodeJS.Timeout;
  manifest: Manifest | null = null;
  /** Answers to calls that nobody waits for: late, or given twice. */
  strayAnswers = 0;

  constructor(socket: WebSocket, worker: string, events: ConnectionEvents) {
    this.#socket = socket;
    this.#worker = worker;
    this.#events = events;
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
      if (isBinary) this.#refuse('a frame must be text');
      else this.#receive(String(data));
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

  call(call: StepCall, timeoutMs: number): Promise<CallResult> {
    if (this.room <= 0)
      return Promise.resolve({ kind: 'unreachable', reason: 'the worker takes no more calls at the moment' });
    return new Promise((resolve) => {
      const number = this.#next++;
      this.#open.set(number, { resolve, deadline: Date.now() + timeoutMs, timeoutMs });
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ ...call, body: toWireBody(call.body), call: number, timeoutMs });
      this.#sweep ??= setInterval(() => this.#sweepDeadlines(), SWEEP_MS);
    });
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #flush(): void {
    const calls = this.#waiting;
    this.#waiting = [];
    if (calls.length > 0) this.#send({ t: 'work', calls });
  }

  #receive(text: string): void {
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      this.#refuse('a frame must be JSON');
      return;
    }
    const { t, ...rest } = (frame ?? {}) as { t?: unknown; [member: string]: unknown };
    switch (t) {
      case 'hello':
        this.#greet(rest);
        return;
      case 'done':
        if (!Array.isArray(rest.answers)) this.#refuse('"answers" must be a list');
        else this.#settleAll(rest.answers);
        return;
      case 'record':
        if (Array.isArray(rest.records)) this.#events.records(rest.records as LinkRecord[]);
        return;
      case 'drain':
        this.#draining = true;
        return;
      default:
        this.#refuse(`unknown frame ${JSON.stringify(t ?? null)}`);
    }
  }

  #greet({ manifest, credit }: Record<string, unknown>): void {
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
    this.#send({ t: 'welcome', worker: this.#worker, platform: 'sluice' });
    this.#events.welcome(this);
  }

  #settleAll(answers: readonly unknown[]): void {
    for (const answer of answers) {
      const { call, outcome } = (answer ?? {}) as { call?: unknown; outcome?: unknown };
      const open = this.#open.get(call as number);
      if (!open) {
        this.strayAnswers++;
        continue;
      }
      this.#open.delete(call as number);
      const fault = outcomeFault(outcome);
      open.resolve(
        fault === null
          ? fromWireOutcome(outcome as WireOutcome)
          : { kind: 'malformed', code: 'worker.answer_malformed', reason: fault },
      );
    }
    this.#events.freed();
  }

  #sweepDeadlines(): void {
    const now = Date.now();
    let freed = false;
    for (const [call, { deadline, timeoutMs, resolve }] of this.#open) {
      if (deadline > now) continue;
      this.#open.delete(call);
      this.#send({ t: 'forget', call });
      resolve({ kind: 'unanswered', reason: `no answer within ${timeoutMs} ms` });
      freed = true;
    }
    if (freed) this.#events.freed();
    if (this.#open.size === 0 && this.#sweep) {
      clearInterval(this.#sweep);
      this.#sweep = null;
    }
  }

  #refuse(reason: string): void {
    this.#socket.close(1008, reason.slice(0, 120));
  }

  #closed(): void {
    clearTimeout(this.#hello);
    clearInterval(this.#ping);
    if (this.#sweep) clearInterval(this.#sweep);
    const unsent = new Set(this.#waiting.map((call) => call.call));
    const lost = [...this.#open];
    this.#open.clear();
    this.manifest = null;
    this.#events.closed(this);
    for (const [call, { resolve }] of lost)
      resolve(
        unsent.has(call)
          ? { kind: 'unreachable', reason: 'the link was lost before the call was sent' }
          : { kind: 'unanswered', reason: 'the link was lost before the worker answered' },
      );
  }

  #send(frame: PlatformFrame): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
