// The link transport: this service dials the platform and serves steps over one WebSocket. No port, no URL, no routes.

import {
  goneWhenSent,
  inParts,
  isPacked,
  LINK_PATH,
  LINK_SUBPROTOCOL,
  type LinkRecord,
  MAX_FRAME_BYTES,
  type PlatformFrame,
  packAnswers,
  readFrame,
  toWireAnswers,
  type WorkerFrame,
  workFault,
} from '@sluice/protocol';
import WebSocket from 'ws';
import { runInvocation } from '../application/invoke.ts';
import { Platform } from '../platform/platform.ts';
import { Abort } from '../step/abort.ts';
import { Catalogue, type Offer } from '../step/catalogue.ts';
import { type Host, systemHost } from '../step/host.ts';
import { LinkMethods } from './method-link.ts';
import { Questions } from './questions.ts';
import { WorkRunner } from './work.ts';

export interface JoinOptions extends Offer {
  /** Address of the platform; default `SLUICE_URL`, then http://127.0.0.1:7700. */
  readonly url?: string;
  /** Token from registering the worker; default `SLUICE_TOKEN`. */
  readonly token?: string;
  /** Calls this service is willing to hold at once; default 256. */
  readonly credit?: number;
  /** Told when the link comes and goes; default: the console. */
  readonly onState?: (state: LinkState, detail: string) => void;
}

export type LinkState = 'connected' | 'lost' | 'refused' | 'closed';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const REFUSED_PAUSE_MS = 5_000;
const SILENCE_MS = 35_000;
/** How long the platform may take to answer the hello, and the drain. */
const WELCOME_MS = 10_000;
const DRAINED_MS = 2_000;
const MAX_RECORDS = 5_000;
/** RFC 6455, section 7.4.1, moved to the range that applications may use. */
const PROTOCOL_ERROR = 4002;

/**
 * Join the platform. Returns at once; the link is made, and made again, in the background.
 * @throws Error when the steps or the token are not usable
 */
export function join(options: JoinOptions): Link {
  const token = options.token ?? process.env.SLUICE_TOKEN;
  if (!token) throw new Error('No token to join with. Register the worker, then set SLUICE_TOKEN or pass { token }.');
  const url = new URL(options.url ?? process.env.SLUICE_URL ?? 'http://127.0.0.1:7700');
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:';
  url.pathname = `${url.pathname.replace(/\/$/, '')}${LINK_PATH}`;
  return new Link(url, token, new Catalogue(options), options.credit ?? 256, options.onState ?? printState);
}

export class Link {
  readonly #url: URL;
  readonly #token: string;
  readonly #catalogue: Catalogue;
  readonly #credit: number;
  readonly #onState: (state: LinkState, detail: string) => void;
  #socket: WebSocket | null = null;
  #welcome = false;
  /** The platform takes packed frames, and long ones in parts. */
  #packs = false;
  #parts = false;
  readonly #host: Host;
  readonly #questions = new Questions((id, ask) => this.#send({ t: 'ask', id, ask }));
  /** Calls of the present connection. */
  #work: WorkRunner;
  #methods: LinkMethods;
  #records: LinkRecord[] = [];
  #flushing = false;
  #pauseMs = FIRST_PAUSE_MS;
  #retry: NodeJS.Timeout | null = null;
  #silence: NodeJS.Timeout | null = null;
  #closed = false;
  /** The platform said that no more work follows. */
  #noMoreWork = false;
  #drained: (() => void) | null = null;
  #greeting: NodeJS.Timeout | null = null;
  #readyNow!: () => void;
  /** Resolved when the platform took the worker in for the first time. */
  readonly ready: Promise<void>;

  constructor(
    url: URL,
    token: string,
    catalogue: Catalogue,
    credit: number,
    onState: (state: LinkState, detail: string) => void,
  ) {
    this.#url = url;
    this.#token = token;
    this.#catalogue = catalogue;
    this.#credit = credit;
    this.#onState = onState;
    const platform = new Platform((ask) =>
      this.#welcome ? this.#questions.put(ask) : Promise.reject(new Error('the link to the platform is down')),
    );
    this.#host = systemHost((record) => this.#record(record), platform);
    this.#work = this.#freshWork();
    this.#methods = this.#freshMethods();
    this.ready = new Promise((resolve) => {
      this.#readyNow = resolve;
    });
    this.#dial();
  }

  get connected(): boolean {
    return this.#welcome;
  }

  /** Take no more calls, answer those under way, then close. */
  async drain(): Promise<void> {
    if (this.#welcome) {
      this.#work.leave();
      this.#send({ t: 'drain' });
      const unheard = setTimeout(() => {
        this.#noMoreWork = true;
        this.#lookDrained();
      }, DRAINED_MS);
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
        this.#lookDrained();
      });
      clearTimeout(unheard);
      this.#flushRecords();
    }
    await this.close();
  }

  /** Close now. The platform gives calls under way to somebody else. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#silence) clearTimeout(this.#silence);
    const ended = this.#host.clients.close();
    const socket = this.#socket;
    if (!socket || socket.readyState === WebSocket.CLOSED) return ended;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
      else socket.close(1000, 'the worker is leaving');
    });
    await ended;
  }

  #dial(): void {
    const socket = new WebSocket(this.#url, LINK_SUBPROTOCOL, {
      headers: { authorization: `Bearer ${this.#token}` },
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: 10_000,
      // Masking keeps scripts in browsers from fooling proxies; a service has nothing to hide from its own connection.
      generateMask: () => {},
    });
    this.#socket = socket;
    let refused = '';
    socket.on('unexpected-response', (_request, response) => {
      refused = `the platform answered ${response.statusCode} ${response.statusMessage ?? ''}`.trim();
      response.resume();
      socket.terminate();
    });
    socket.on('open', () => {
      this.#heard();
      this.#greeting = setTimeout(() => {
        refused = `the platform did not answer the hello within ${WELCOME_MS / 1000} s`;
        socket.terminate();
      }, WELCOME_MS);
      this.#send({ t: 'hello', manifest: this.#catalogue.manifest, credit: this.#credit, packed: true });
    });
    socket.on('message', (data, isBinary) => {
      this.#heard();
      if (!isBinary || isPacked(data as Buffer)) this.#receive(data as Buffer, isBinary);
      else if (!this.#methods.chunk(data as Buffer)) socket.close(PROTOCOL_ERROR, 'a body came faster than it may');
    });
    socket.on('ping', () => this.#heard());
    socket.on('error', (error) => {
      refused ||= error.message;
    });
    socket.on('close', (code, reason) => this.#lost(socket, refused, code, String(reason)));
  }

  #lost(socket: WebSocket, refused: string, code: number, reason: string): void {
    if (socket !== this.#socket) return;
    const was = this.#welcome;
    this.#welcome = false;
    if (this.#silence) clearTimeout(this.#silence);
    this.#silence = null;
    if (this.#greeting) clearTimeout(this.#greeting);
    // The platform gives these to somebody else; their answers must not reach a later connection.
    this.#work.stop('the link to the platform was lost');
    this.#work = this.#freshWork();
    this.#methods.stop('the link to the platform was lost');
    this.#methods = this.#freshMethods();
    this.#questions.lost('the link to the platform was lost');
    this.#drained?.();
    if (this.#closed) {
      this.#onState('closed', '');
      return;
    }
    const denied = /answered 40[13]/.test(refused) || code === 1008;
    this.#onState(was ? 'lost' : denied ? 'refused' : 'lost', refused || reason || `code ${code}`);
    const pause = denied ? REFUSED_PAUSE_MS : this.#pauseMs;
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    this.#retry = setTimeout(() => this.#dial(), pause * (0.75 + Math.random() / 2));
  }

  #receive(data: Buffer, isBinary: boolean): void {
    let frame: PlatformFrame;
    try {
      frame = readFrame(data, isBinary) as PlatformFrame;
    } catch {
      this.#onState('lost', 'the platform sent something that is no frame');
      return;
    }
    switch (frame?.t) {
      case 'welcome':
        if (this.#greeting) clearTimeout(this.#greeting);
        this.#welcome = true;
        this.#packs = frame.packed === true;
        this.#parts = frame.parts === true;
        this.#pauseMs = FIRST_PAUSE_MS;
        this.#onState('connected', `as worker "${frame.worker}"`);
        this.#readyNow();
        this.#flushRecords();
        return;
      case 'work': {
        const fault = workFault(frame);
        if (fault) this.#socket?.close(PROTOCOL_ERROR, fault.slice(0, 120));
        else this.#work.take(frame);
        return;
      }
      case 'drained':
        this.#noMoreWork = true;
        this.#lookDrained();
        return;
      case 'answer':
        this.#questions.answered(frame.id, frame.result);
        return;
      case 'method':
        this.#methods.begin(frame.id, frame.call, frame.hasBody);
        return;
      case 'stream.credit':
      case 'stream.end':
      case 'stream.abort':
        this.#methods.take(frame);
        return;
      case 'invoke':
        void this.#invoke(frame);
        return;
      case 'changed':
        this.#host.installs.forget(frame.application, frame.user);
        return;
      case 'forget':
        this.#work.forget(frame.call, 'the platform no longer waits for this call');
        return;
    }
  }

  #freshWork(): WorkRunner {
    return new WorkRunner(this.#catalogue, this.#host, (answers) => {
      if (this.#packs) this.#sendPacked(packAnswers(answers));
      else this.#send({ t: 'done', answers: toWireAnswers(answers) });
      this.#lookDrained();
    });
  }

  #freshMethods(): LinkMethods {
    const methods: LinkMethods = new LinkMethods({
      catalogue: this.#catalogue,
      host: this.#host,
      // What belongs to an earlier connection is of no use to anybody.
      send: (frame) => methods === this.#methods && this.#send(frame),
      onEnded: () => this.#lookDrained(),
    });
    return methods;
  }

  /** Work beside messages; an answer that finds another connection is of no use to anybody. */
  async #invoke({ id, invocation, timeoutMs }: Extract<PlatformFrame, { t: 'invoke' }>): Promise<void> {
    const socket = this.#socket;
    const abort = new Abort();
    const late = setTimeout(() => abort.abort(new Error('the platform no longer waits for this')), timeoutMs);
    const result = await runInvocation(this.#catalogue, invocation, this.#host, abort);
    clearTimeout(late);
    if (socket === this.#socket) this.#send({ t: 'invoked', id, result });
  }

  #lookDrained(): void {
    if (this.#noMoreWork && this.#work.open === 0 && this.#methods.open === 0) this.#drained?.();
  }

  #record(record: LinkRecord): void {
    // Bounded: a log is worth less than the memory of the service.
    if (this.#records.length < MAX_RECORDS) this.#records.push(record);
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#flushRecords();
    });
  }

  #flushRecords(): void {
    if (!this.#welcome || this.#records.length === 0) return;
    this.#send({ t: 'record', records: this.#records });
    this.#records = [];
  }

  #send(frame: WorkerFrame | Uint8Array): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (frame instanceof Uint8Array) this.#socket.send(frame, goneWhenSent(frame));
    else this.#socket.send(JSON.stringify(frame));
  }

  #sendPacked(frame: Uint8Array): void {
    for (const message of this.#parts ? inParts(frame) : [frame]) this.#send(message);
  }

  /** The platform pings; a long silence means that the connection is dead although nobody said so. */
  #heard(): void {
    if (this.#silence) this.#silence.refresh();
    else {
      this.#silence = setTimeout(() => {
        this.#silence = null;
        this.#socket?.terminate();
      }, SILENCE_MS);
      this.#silence.unref();
    }
  }
}

function printState(state: LinkState, detail: string): void {
  const text = {
    connected: 'Joined the platform',
    lost: 'The link to the platform is down, dialling again',
    refused: 'The platform refused this worker, trying again',
    closed: 'Left the platform',
  };
  console.log(`sluice: ${text[state]}${detail ? ` (${detail})` : ''}.`);
}
