// Registered workers: who may serve, how they are reached, and how they are.

import { randomBytes } from 'node:crypto';
import type { Engine, Log, RecordStore } from '@sluice/engine';
import { type HttpTransport, httpTransport, type Sign, signer, type WorkerDirectory } from '@sluice/engine/workers';
import type { Tokens } from '@sluice/identity';
import {
  type ExistingOffer,
  type ExistingPort,
  type ExistingRequest,
  type ExistingResponse,
  type ExistingWorker,
  limitKeys,
  type MethodBody,
  type MethodResult,
  type NodeAction,
  type Offering,
  type Vault,
  type WebhookNode,
  type Workers,
} from '@sluice/integration';
import {
  type Called,
  type CallTarget,
  type Invocation,
  type InvocationResult,
  type Manifest,
  type MethodCall,
  SluiceError,
  type StepCall,
  type WorkerRegistered,
  type WorkerRegistration,
  type WorkerView,
} from '@sluice/protocol';
import type { LinkHub } from '../links/hub.ts';
import { checkCallHeaders } from './call-headers.ts';
import { askExisting } from './existing-request.ts';
import { webhookNodes } from './existing-topologies.ts';
import { existingTransport } from './existing-transport.ts';
import { invokeByHttp } from './http-invoke.ts';
import { type Proof, readManifest } from './http-manifest.ts';
import { methodByHttp } from './http-method.ts';

const WORKERS = 'worker';
const MANIFESTS = 'worker-manifest';
/** What workers of the existing wire offer of applications. */
const OFFERS = 'worker-existing';
const LOOK_MS = 30_000;
const LOOK_AGAIN_MS = 2_000;

interface StoredWorker {
  readonly name: string;
  readonly createdAt: number;
  readonly url: string | null;
  /** Sealed JSON: headers often are credentials. */
  readonly headers: string | null;
  /** Sealed JSON; the secrets that requests are signed with, the newest first. */
  readonly secrets?: string | null;
  readonly tokenId: string | null;
}

interface Look {
  manifest: Manifest | null;
  health: 'up' | 'down' | 'unknown';
  reason: string | null;
  timer: NodeJS.Timeout | null;
}

export interface RegistryParts {
  readonly records: RecordStore;
  readonly directory: WorkerDirectory;
  readonly hub: LinkHub;
  readonly tokens: Tokens;
  readonly vault: Vault;
  readonly engine: Engine;
  readonly log: Log;
  readonly callExisting: CallExisting;
}

/** Calls an action of an existing worker, with what the existing wire wants beside the message. */
export type CallExisting = (
  worker: string,
  call: StepCall,
  send: (call: StepCall) => Promise<Called>,
) => Promise<Called>;

export class WorkerRegistry implements Workers, ExistingPort {
  readonly #parts: RegistryParts;
  readonly #workers = new Map<string, StoredWorker>();
  readonly #looks = new Map<string, Look>();
  readonly #transports = new Map<string, HttpTransport>();
  /** The last that each worker said, which counts while it is away. */
  readonly #manifests = new Map<string, Manifest>();
  readonly #offers = new Map<string, ExistingOffer>();
  #installChanges = 0;
  #stopped = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    parts.directory.limitedBy((worker, target, user) => this.limits(worker, target, user));
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#parts.records.list<ExistingOffer>(OFFERS)) this.#offers.set(key, value);
    for (const { key, value } of await this.#parts.records.list<Manifest>(MANIFESTS)) this.#manifests.set(key, value);
    for (const { value } of await this.#parts.records.list<StoredWorker>(WORKERS)) {
      this.#workers.set(value.name, value);
      if (value.url !== null) this.#joinHttp(value);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#looks.values()) if (timer) clearTimeout(timer);
  }

  /** @returns the worker, with its token when it joins by link; and whether it is new */
  async register({
    name,
    url,
    headers,
    sign,
    rotate,
  }: WorkerRegistration): Promise<{ worker: WorkerRegistered; created: boolean }> {
    const before = this.#workers.get(name);
    if (before && (before.url !== null) !== (url !== undefined)) throw new SluiceError('worker.name_taken', { name });
    checkCallHeaders(headers ?? {});
    if (url !== undefined) {
      const secret = this.#secretsAfter(before, sign, rotate);
      const asks = await this.#tokenAfter(name, before, rotate);
      const stored = { url, headers: headers ?? {}, secrets: secret.sealed, tokenId: asks.id };
      const worker = await this.#registerHttp(name, stored, before);
      return {
        worker: {
          ...worker,
          ...(asks.token === null ? {} : { token: asks.token }),
          ...(secret.made === null ? {} : { secret: secret.made }),
        },
        created: !before,
      };
    }
    if (before && !rotate) return { worker: this.view(name), created: false };
    if (before?.tokenId) await this.#parts.tokens.revoke(before.tokenId);
    if (before) await this.#parts.hub.remove(name);
    const { token, id } = await this.#parts.tokens.create(
      { name: `worker ${name}`, scopes: ['worker:connect', 'log:write', 'metric:write', 'run'] },
      name,
    );
    await this.#store({ name, createdAt: before?.createdAt ?? Date.now(), url: null, headers: null, tokenId: id });
    return { worker: { ...this.view(name), token }, created: !before };
  }

  list(): WorkerView[] {
    return [...this.#workers.keys()].sort().map((name) => this.view(name));
  }

  /** @throws SluiceError `worker.unknown` */
  view(name: string): WorkerView {
    const worker = this.#workers.get(name);
    if (!worker) throw new SluiceError('worker.unknown', { name });
    const { hub, engine } = this.#parts;
    const connections = hub.connections(name);
    const look = this.#looks.get(name);
    const link = worker.url === null;
    return {
      name,
      transport: link ? 'link' : 'http',
      url: worker.url,
      health: link ? (connections > 0 ? 'up' : 'down') : (look?.health ?? 'unknown'),
      reason: link ? (connections > 0 ? null : 'no replica is connected') : (look?.reason ?? null),
      connections,
      underway: hub.underway(name),
      signed: !link && (worker.secrets ?? null) !== null,
      pausedUntil: engine.openCircuits().get(name) ?? null,
      manifest: link ? hub.manifest(name) : (look?.manifest ?? null),
      createdAt: worker.createdAt,
    };
  }

  offerings(): Offering[] {
    return [...this.#manifests].map(([worker, manifest]) => ({ worker, manifest, up: this.#isUp(worker) }));
  }

  mustKnow(name: string): void {
    if (!this.#workers.has(name)) throw new SluiceError('worker.unknown', { name });
  }

  call(name: string, call: StepCall, timeoutMs: number, signal?: AbortSignal): Promise<Called> {
    return this.#parts.directory.call(name, call, timeoutMs, signal);
  }

  callMethod(name: string, call: MethodCall, body: MethodBody | null, signal: AbortSignal): Promise<MethodResult> {
    const worker = this.#workers.get(name);
    if (!worker || worker.url === null) return this.#parts.hub.callMethod(name, call, body, signal);
    const [headers, sign] = [this.#headersOf(worker), this.#signOf(worker)];
    return methodByHttp(worker.url, { headers, sign, call, body, signal });
  }

  limits(worker: string, target: CallTarget, user: string): readonly string[] {
    return limitKeys(this.#manifests.get(worker), target, user);
  }

  /** @throws Error in words, when no whole answer came */
  invoke(name: string, invocation: Invocation, timeoutMs: number): Promise<InvocationResult> {
    const worker = this.#workers.get(name);
    if (!worker || worker.url === null) return this.#parts.hub.invoke(name, invocation, timeoutMs);
    return invokeByHttp(worker.url, {
      headers: this.#headersOf(worker),
      sign: this.#signOf(worker),
      invocation,
      timeoutMs,
    });
  }

  workers(): ExistingWorker[] {
    return [...this.#offers.keys()].map((name) => this.worker(name)!);
  }

  worker(name: string): ExistingWorker | null {
    const offer = this.#offers.get(name);
    if (!offer) return null;
    return { worker: name, offer, actions: this.#manifests.get(name)?.actions ?? [], up: this.#isUp(name) };
  }

  /** @throws Error in words, when no whole answer came */
  async request(name: string, request: ExistingRequest): Promise<ExistingResponse> {
    const worker = this.#workers.get(name);
    if (!worker || worker.url === null) throw new Error(`"${name}" is no worker that is reached by URL`);
    try {
      return await askExisting(worker.url, this.#proofOf(worker), request);
    } catch (error) {
      // It may be slow with one answer and well with all others.
      if ((error as Error).name !== 'TimeoutError') this.#lost(worker, (error as Error).message);
      throw error;
    }
  }

  webhookNodes(): Promise<ReadonlyMap<string, readonly WebhookNode[]>> {
    return webhookNodes(this.#parts.engine);
  }

  async nodes(topology: string, version: number): Promise<NodeAction[]> {
    const plan = await this.#parts.engine.topologies.plan(topology, version);
    return [...(plan?.nodes.values() ?? [])].flatMap(({ worker, kind, action }) =>
      worker === null || action === null ? [] : [{ worker, kind, action }],
    );
  }

  /** Another one whenever an install changed. */
  get installChanges(): number {
    return this.#installChanges;
  }

  changed(worker: string, application: string, user: string): void {
    this.#installChanges++;
    this.#parts.hub.changed(worker, application, user);
  }

  /** A worker said what it offers. */
  said(name: string, manifest: Manifest): void {
    if (JSON.stringify(this.#manifests.get(name)) === JSON.stringify(manifest)) return;
    this.#manifests.set(name, manifest);
    this.#parts.records
      .write([{ collection: MANIFESTS, key: name, value: manifest }])
      .catch((error: unknown) => this.#parts.log.error('What a worker offers could not be kept.', { name, error }));
  }

  #offered(name: string, offer: ExistingOffer | null): void {
    const before = this.#offers.get(name);
    // A list that cannot be read for once is no reason to forget what was in it.
    const known = offer?.problem != null && before ? before : offer;
    if (JSON.stringify(before ?? null) === JSON.stringify(known)) return;
    if (known) this.#offers.set(name, known);
    else this.#offers.delete(name);
    this.#parts.records
      .write([{ collection: OFFERS, key: name, value: known }])
      .catch((error: unknown) => this.#parts.log.error('What a worker offers could not be kept.', { name, error }));
  }

  #isUp(name: string): boolean {
    return this.#workers.get(name)?.url == null
      ? this.#parts.hub.connections(name) > 0
      : this.#looks.get(name)?.health === 'up';
  }

  async remove(name: string): Promise<void> {
    const worker = this.#workers.get(name);
    if (!worker) throw new SluiceError('worker.unknown', { name });
    if (worker.tokenId) await this.#parts.tokens.revoke(worker.tokenId);
    await this.#parts.records.write([
      { collection: WORKERS, key: name, value: null },
      { collection: MANIFESTS, key: name, value: null },
      { collection: OFFERS, key: name, value: null },
    ]);
    this.#offers.delete(name);
    this.#workers.delete(name);
    this.#manifests.delete(name);
    const look = this.#looks.get(name);
    if (look?.timer) clearTimeout(look.timer);
    this.#looks.delete(name);
    this.#transports.delete(name);
    await this.#parts.hub.remove(name);
    await this.#parts.directory.leave(name);
  }

  /** Seal headers and signing secrets again that are sealed under a former key. @returns of how many workers */
  async rotateSecrets(): Promise<number> {
    const { vault } = this.#parts;
    const again = (sealed: string): string => (vault.isOld(sealed) ? vault.seal(vault.open(sealed)) : sealed);
    let count = 0;
    for (const worker of [...this.#workers.values()]) {
      const { headers, secrets = null } = worker;
      if (![headers, secrets].some((sealed) => sealed !== null && vault.isOld(sealed))) continue;
      await this.#store({
        ...worker,
        headers: headers === null ? null : again(headers),
        secrets: secrets === null ? null : again(secrets),
      });
      count++;
    }
    return count;
  }

  /** The token an http worker asks with: for installs and storage, and to start processes. */
  async #tokenAfter(
    name: string,
    before: StoredWorker | undefined,
    rotate: boolean | undefined,
  ): Promise<{ id: string; token: string | null }> {
    if (before?.tokenId && !rotate) return { id: before.tokenId, token: null };
    if (before?.tokenId) await this.#parts.tokens.revoke(before.tokenId);
    return this.#parts.tokens.create(
      { name: `worker ${name}`, scopes: ['worker:ask', 'log:write', 'metric:write', 'run'] },
      name,
    );
  }

  async #registerHttp(
    name: string,
    given: {
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly secrets: string | null;
      readonly tokenId: string;
    },
    before: StoredWorker | undefined,
  ): Promise<WorkerRegistered> {
    const { url, headers, secrets, tokenId } = given;
    const sealed = Object.keys(headers).length > 0 ? this.#parts.vault.seal(JSON.stringify(headers)) : null;
    const worker = { name, createdAt: before?.createdAt ?? Date.now(), url, headers: sealed, secrets, tokenId };
    await this.#store(worker);
    this.#joinHttp(worker, false);
    await this.#look(name);
    return this.view(name);
  }

  /**
   * What is signed with after a registration, and the secret that it made. The one before goes on signing beside a new
   * one, so that the worker can take its time to learn it: what counts is which of them the worker accepts.
   */
  #secretsAfter(
    before: StoredWorker | undefined,
    sign: boolean | undefined,
    rotate: boolean | undefined,
  ): { sealed: string | null; made: string | null } {
    const kept = before?.secrets ?? null;
    if (sign === false || (sign === undefined && kept === null)) return { sealed: null, made: null };
    if (kept !== null && !rotate) return { sealed: kept, made: null };
    const made = `slw_${randomBytes(32).toString('base64url')}`;
    const older = kept === null ? [] : this.#secretsOf(kept).slice(0, 1);
    return { sealed: this.#parts.vault.seal(JSON.stringify([made, ...older])), made };
  }

  async #store(worker: StoredWorker): Promise<void> {
    await this.#parts.records.write([{ collection: WORKERS, key: worker.name, value: worker }]);
    this.#workers.set(worker.name, worker);
  }

  #joinHttp(worker: StoredWorker, look = true): void {
    const { directory } = this.#parts;
    const onFreed = (): void => directory.freed(worker.name);
    const transport = httpTransport({
      url: worker.url!,
      headers: this.#headersOf(worker),
      sign: this.#signOf(worker),
      onFreed,
      onUnreachable: (reason) => this.#lost(worker, reason),
    });
    this.#transports.set(worker.name, transport);
    const call = this.#parts.callExisting;
    directory.join(
      worker.name,
      existingTransport(transport, (made, send) =>
        this.#offers.has(worker.name) ? call(worker.name, made, send) : send(made),
      ),
    );
    if (look) void this.#look(worker.name);
  }

  /** Ask an http worker what it can do; again after a while, and sooner while it is away. */
  async #look(name: string): Promise<void> {
    const worker = this.#workers.get(name);
    if (!worker || worker.url === null || this.#stopped) return;
    const look: Look = this.#looks.get(name) ?? { manifest: null, health: 'unknown', reason: null, timer: null };
    this.#looks.set(name, look);
    if (look.timer) clearTimeout(look.timer);
    const was = look.health;
    try {
      const { manifest, takesBatches, existing } = await readManifest(name, worker.url, this.#proofOf(worker));
      look.manifest = manifest;
      if (this.#workers.get(name) === worker) this.#offered(name, existing);
      this.said(name, manifest);
      this.#transports.get(name)?.takesBatches(takesBatches);
      look.health = 'up';
      look.reason = existing?.problem ?? null;
    } catch (error) {
      look.health = 'down';
      look.reason = (error as Error).message;
    }
    if (this.#stopped || this.#workers.get(name) !== worker) return;
    if (was === 'down' && look.health === 'up') this.#parts.directory.arrived(name);
    look.timer = setTimeout(() => void this.#look(name), look.health === 'up' ? LOOK_MS : LOOK_AGAIN_MS);
    look.timer.unref();
  }

  /** A call found nobody: known at once, and looked for until it is back, which closes its circuit. */
  #lost(worker: StoredWorker, reason: string): void {
    const look = this.#looks.get(worker.name);
    if (!look || look.health === 'down' || this.#stopped || this.#workers.get(worker.name) !== worker) return;
    look.health = 'down';
    look.reason = reason;
    if (look.timer) clearTimeout(look.timer);
    look.timer = setTimeout(() => void this.#look(worker.name), LOOK_AGAIN_MS);
    look.timer.unref();
  }

  #proofOf(worker: StoredWorker): Proof {
    return { headers: this.#headersOf(worker), sign: this.#signOf(worker) };
  }

  #signOf({ secrets }: StoredWorker): Sign | undefined {
    return secrets ? signer(this.#secretsOf(secrets)) : undefined;
  }

  #secretsOf(sealed: string): string[] {
    return JSON.parse(this.#parts.vault.open(sealed)) as string[];
  }

  #headersOf(worker: StoredWorker): Record<string, string> {
    if (worker.headers === null) return {};
    return JSON.parse(this.#parts.vault.open(worker.headers)) as Record<string, string>;
  }
}
