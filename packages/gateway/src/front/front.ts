// Where requests arrive and answers leave: which route, its handlers, and what goes wrong on the way.

import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import { readAddress } from '../answers/addresses.ts';
import { problemAnswer, writeAnswer } from '../exchange/answer.ts';
import { type Answer, Exchange, type Handler } from '../exchange/exchange.ts';
import { handedOn } from '../exchange/headers.ts';
import { hostOf } from '../exchange/host.ts';
import type { TrustedProxies } from '../exchange/peer.ts';
import { isGatewayMethod, splitTarget } from '../exchange/request-line.ts';
import type { SlowBodies } from '../exchange/slow-bodies.ts';
import type { Match, RouteTable } from '../routing/route-table.ts';
import { pickVersion } from '../routing/traffic.ts';
import { isUpgraded, type Upgraded } from '../targets/web-socket.ts';
import { requestIds } from './request-ids.ts';
import { Tunnels } from './tunnels.ts';

/** A request that has been answered. */
export interface Answered {
  /** Null = none took it. */
  readonly route: string | null;
  readonly consumer: string | null;
  readonly status: number;
  readonly durationMs: number;
}

export interface FrontOptions {
  /** The one of now. */
  readonly table: () => RouteTable;
  readonly log: Log;
  readonly proxies: TrustedProxies;
  readonly slowBodies: SlowBodies;
  readonly answered: (answered: Answered) => void;
}

interface Found {
  readonly handler: Handler;
  readonly route: string;
  readonly path: string;
  readonly query: string;
  readonly params: Exchange['params'];
}

/** Who takes a request, or the error it is answered with. */
type Verdict = Found | SluiceError;

export class Front {
  readonly #options: FrontOptions;
  readonly #nextId = requestIds();
  readonly #tunnels = new Tunnels();
  #closing = false;
  #underway = 0;
  #idle: (() => void) | null = null;

  constructor(options: FrontOptions) {
    this.#options = options;
  }

  /** Requests that have no answer yet. */
  get underway(): number {
    return this.#underway;
  }

  /** Connections that were upgraded. */
  get tunnels(): number {
    return this.#tunnels.size;
  }

  /**
   * Answer a request, whatever comes of it; never throws.
   * @param reserved  what belongs to others on this port: a request that no route takes is left to them
   * @returns false when it was left
   */
  take(request: IncomingMessage, response: ServerResponse, reserved: ((path: string) => boolean) | null): boolean {
    const verdict = this.#verdict(request, false, reserved);
    if (verdict === null) return false;
    const id = this.#nextId();
    const began = performance.now();
    this.#underway++;
    const exchange = this.#exchangeOf(id, request, response, verdict);
    if (exchange.body !== null) this.#watchBody(exchange, response);
    const route = verdict instanceof SluiceError ? null : verdict.route;
    // One promise for the answer, whichever way it comes.
    run(verdict, exchange).then(
      (answer) => this.#write(exchange, response, answer),
      (error: unknown) => this.#write(exchange, response, this.#problem(error, exchange)),
    );
    response.once('close', () => {
      this.#underway--;
      if (this.#underway === 0) this.#idle?.();
      if (!response.writableFinished) exchange.gone();
      const status = response.headersSent ? response.statusCode : 499;
      this.#options.answered({
        route,
        consumer: exchange.consumer?.name ?? null,
        status,
        durationMs: performance.now() - began,
      });
    });
    return true;
  }

  /** The same for a request that wants another protocol on its connection. */
  takeUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    reserved: ((path: string) => boolean) | null,
  ): boolean {
    const verdict = this.#verdict(request, true, reserved);
    if (verdict === null) return false;
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    socket.on('error', () => socket.destroy());
    const exchange = this.#exchangeOf(this.#nextId(), request, response, verdict);
    const gone = (): void => exchange.gone();
    socket.once('close', gone);
    const refused = (answer: Answer): void => {
      response.once('finish', () => socket.end());
      this.#write(exchange, response, answer);
    };
    const began = performance.now();
    run(verdict, exchange).then(
      (answer) => {
        if (!isUpgraded(answer)) return refused(answer);
        socket.off('close', gone);
        response.detachSocket(socket as Socket);
        this.#tunnels.open({ socket, head }, answer as Upgraded);
        this.#options.answered({
          route: (verdict as Found).route,
          consumer: exchange.consumer?.name ?? null,
          status: 101,
          durationMs: performance.now() - began,
        });
      },
      (error: unknown) => refused(this.#problem(error, exchange)),
    );
    return true;
  }

  /**
   * Nothing new keeps its connection; what is under way is finished.
   * @param graceMs  after that, what is still open is broken off
   */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    if (this.#underway > 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
        timer = setTimeout(resolve, graceMs);
      });
      clearTimeout(timer);
    }
    this.#tunnels.close();
  }

  /** @returns null when the request is somebody else's */
  #verdict(request: IncomingMessage, upgrade: boolean, reserved: ((path: string) => boolean) | null): Verdict | null {
    const table = this.#options.table();
    if (reserved && table.size === 0) return null;
    const target = request.url ?? '';
    // A refusal is the gateway's own, wherever the path is not somebody else's.
    if (reserved?.(target.split('?', 1)[0]!)) return null;
    const method = request.method ?? '';
    try {
      const { path, query } = splitTarget(target);
      const host = hostOf(request);
      const address = readAddress(path);
      if (address) return cameBack(table, address.route, host, { method, path, query });
      const found = isGatewayMethod(method)
        ? (table.find(method, host, path) ?? preflightOf(table, request, host, path))
        : null;
      if (found) {
        const { route, params } = found;
        const version = route.versions.get(pickVersion(route.traffic, request))!;
        const handler = upgrade ? version.upgrade : version.handler;
        if (!handler) return fault(new SluiceError('gateway.upgrade_refused', { why: 'this route takes no upgrade' }));
        return { handler, route: route.name, path, query, params };
      }
      const allowed = table.allowed(host, path);
      if (allowed.length > 0) return fault(new SluiceError('gateway.method_not_allowed', { method, allowed }));
      return reserved ? null : fault(new SluiceError('gateway.not_found', { method, path }));
    } catch (error) {
      if (error instanceof SluiceError) return error as SluiceError;
      throw error;
    }
  }

  #exchangeOf(id: string, request: IncomingMessage, response: ServerResponse, verdict: Verdict): Exchange {
    const { path = '', query = '', params = {} } = verdict instanceof SluiceError ? {} : verdict;
    const line = { method: request.method as 'GET', path, query };
    const body = hasBody(request) ? request : null;
    return new Exchange(id, line, params, request, response, handedOn(request.headers), body, this.#options.proxies);
  }

  #watchBody(exchange: Exchange, response: ServerResponse): void {
    const { slowBodies } = this.#options;
    slowBodies.watch(exchange.request, () => {
      const late = fault(new SluiceError('gateway.too_slow', { part: 'body', afterMs: slowBodies.idleMs }));
      if (response.headersSent) return void response.destroy();
      response.once('finish', () => exchange.request.destroy());
      this.#write(exchange, response, problemAnswer(late, exchange.id));
    });
  }

  #problem(error: unknown, { id, line }: Exchange): Answer {
    if (error instanceof SluiceError) return problemAnswer(error as SluiceError, id);
    this.#options.log.error('A request of the gateway broke.', { id, method: line.method, error });
    return problemAnswer(fault(new SluiceError('internal.unexpected', { id })), id);
  }

  #write({ id }: Exchange, response: ServerResponse, answer: Answer): void {
    const { log } = this.#options;
    if (this.#closing) response.shouldKeepAlive = false;
    try {
      writeAnswer(response, id, answer, (error) => log.warn('An answer broke off.', { id, error }));
    } catch (error) {
      log.error('An answer could not be written.', { id, error });
      response.destroy();
    }
  }
}

function run(verdict: Verdict, exchange: Exchange): Promise<Answer> {
  if (verdict instanceof SluiceError) return Promise.reject(verdict);
  try {
    return verdict.handler(exchange);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** A preflight belongs to the route it asks about, when that one answers browsers. */
function preflightOf(
  table: RouteTable,
  { method, headers }: IncomingMessage,
  host: string,
  path: string,
): Match | null {
  const asked = headers['access-control-request-method'] ?? '';
  if (method !== 'OPTIONS' || headers.origin === undefined || !isGatewayMethod(asked)) return null;
  const found = table.find(asked, host, path);
  return found?.route.definition.cors ? found : null;
}

function cameBack(
  table: RouteTable,
  name: string,
  host: string,
  { method, path, query }: { method: string; path: string; query: string },
): Verdict {
  const route = table.byName(name);
  const versions = route && [...route.versions.values()];
  const handler = versions?.find(({ answers }) => answers !== null)?.answers;
  const takes =
    route?.definition.host === undefined ||
    table.find(route.definition.methods[0]!, host, exampleOf(route.definition.path))?.route === route;
  if (!handler || !takes) return fault(new SluiceError('gateway.not_found', { method, path }));
  if (method !== 'GET') return fault(new SluiceError('gateway.method_not_allowed', { method, allowed: ['GET'] }));
  return { handler, route: name, path, query, params: {} };
}

/** A path that the route takes. */
const exampleOf = (path: string): string => path.replace(/\{[^}]*\}/g, 'x');

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

const fault = (error: unknown): SluiceError => error as SluiceError;
