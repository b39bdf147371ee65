// Where link workers arrive. Replicas of one worker share its calls: the one with the most room gets the next.

import type { Chain, Transport, WorkerDirectory } from '@sluice/engine/workers';
import type { Tokens } from '@sluice/identity';
import type { MethodBody, MethodResult } from '@sluice/integration';
import {
  type Ask,
  type AskResult,
  type Called,
  type Invocation,
  type InvocationResult,
  LINK_PATH,
  LINK_SUBPROTOCOL,
  type LinkRecord,
  MAX_FRAME_BYTES,
  type Manifest,
  type MethodCall,
  SluiceError,
  type StepCall,
} from '@sluice/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { tokenOf } from '../auth/guard.ts';
import { refuseUpgrade, type TakeUpgrade } from '../http/upgrades.ts';
import { LinkConnection } from './connection.ts';

class LinkWorker implements Transport {
  readonly connections = new Set<LinkConnection>();

  capacity(): number {
    let room = 0;
    for (const connection of this.connections) room += connection.room;
    return room;
  }

  chains(): boolean {
    return true;
  }

  call(call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called> {
    let best: LinkConnection | null = null;
    for (const connection of this.connections) if (!best || connection.room > best.room) best = connection;
    return best
      ? best.call(call, timeoutMs, signal, chain)
      : Promise.resolve({ kind: 'unreachable', reason: 'no replica of the worker is connected' });
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.close(1001, 'the worker was removed');
  }
}

export interface HubEvents {
  records(worker: string, records: readonly LinkRecord[]): void;
  /** Never rejects. */
  ask(worker: string, ask: Ask): Promise<AskResult>;
  /** A replica joined and said what it offers. */
  welcome(worker: string, manifest: Manifest): void;
}

export class LinkHub {
  readonly #directory: WorkerDirectory;
  readonly #tokens: Tokens;
  readonly #events: HubEvents;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has(LINK_SUBPROTOCOL) ? LINK_SUBPROTOCOL : false),
  });
  readonly #workers = new Map<string, LinkWorker>();

  constructor(directory: WorkerDirectory, tokens: Tokens, events: HubEvents) {
    this.#directory = directory;
    this.#tokens = tokens;
    this.#events = events;
  }

  /** Take an upgrade of a server; a wrong token is answered before any WebSocket exists. */
  readonly takeUpgrade: TakeUpgrade = (request, socket, head) => {
    if (request.url?.split('?', 1)[0] !== LINK_PATH) return false;
    try {
      const identity = this.#tokens.identify(tokenOf(request.headers));
      const { worker } = identity;
      if (!worker || !identity.scopes.has('worker:connect')) refuseUpgrade(socket, '403 Forbidden');
      else this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#accept(opened, worker));
    } catch (error) {
      const forbidden = error instanceof SluiceError && error.status === 403;
      refuseUpgrade(socket, forbidden ? '403 Forbidden' : '401 Unauthorized');
    }
    return true;
  };

  connections(worker: string): number {
    return [...(this.#workers.get(worker)?.connections ?? [])].filter((connection) => connection.manifest).length;
  }

  underway(worker: string): number {
    let sum = 0;
    for (const connection of this.#workers.get(worker)?.connections ?? []) sum += connection.underway;
    return sum;
  }

  manifest(worker: string): Manifest | null {
    for (const { manifest } of this.#workers.get(worker)?.connections ?? []) if (manifest) return manifest;
    return null;
  }

  /** Work beside messages, at one of the replicas. @throws Error in words, when no sound result came */
  async invoke(worker: string, invocation: Invocation, timeoutMs: number): Promise<InvocationResult> {
    for (const connection of this.#workers.get(worker)?.connections ?? [])
      if (connection.manifest) return connection.invoke(invocation, timeoutMs);
    throw new Error('no replica is connected');
  }

  /** A method, at one of the replicas. @throws Error in words, when no sound answer began */
  async callMethod(
    worker: string,
    call: MethodCall,
    body: MethodBody | null,
    signal: AbortSignal,
  ): Promise<MethodResult> {
    const all = [...(this.#workers.get(worker)?.connections ?? [])].filter(({ manifest }) => manifest);
    const [best] = all.sort((a, b) => b.room - a.room);
    if (!best) throw new Error('no replica is connected');
    return best.methods.call(call, body, signal);
  }

  /** Tell all replicas that what they know of an install is old. */
  changed(worker: string, application: string, user: string): void {
    for (const connection of this.#workers.get(worker)?.connections ?? []) connection.changed(application, user);
  }

  /** Let a worker go, for example because its token was replaced. */
  async remove(worker: string): Promise<void> {
    await this.#workers.get(worker)?.close();
    this.#workers.delete(worker);
  }

  close(): void {
    for (const { connections } of this.#workers.values())
      for (const connection of connections) connection.close(1012, 'the platform is restarting');
    this.#sockets.close();
  }

  #accept(socket: WebSocket, name: string): void {
    let worker = this.#workers.get(name);
    if (!worker) {
      worker = new LinkWorker();
      this.#workers.set(name, worker);
    }
    const { connections } = worker;
    const transport = worker;
    connections.add(
      new LinkConnection(socket, name, {
        welcome: ({ manifest }) => {
          this.#directory.join(name, transport);
          if (manifest) this.#events.welcome(name, manifest);
        },
        freed: () => this.#directory.freed(name),
        closed: (gone) => connections.delete(gone),
        records: (records) => this.#events.records(name, records),
        ask: (ask) => this.#events.ask(name, ask),
      }),
    );
  }
}
