// Conversations with providers, for all applications: beginning, coming back, renewing, withdrawing.

import type { Log, RecordStore } from '@sluice/engine';
import {
  type AccessToken,
  type ApplicationManifest,
  type AuthDescriptor,
  type AuthorizeAnswer,
  type OAuth1Descriptor,
  type OAuth2Descriptor,
  SluiceError,
} from '@sluice/protocol';
import type { Wire } from '@sluice/sdk';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { InstallStore, StoredInstall } from '../installs/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Authorisation, AuthorisationState, Returned, Subject } from './authorisation.ts';
import { OAuth1Conversation } from './oauth1/conversation.ts';
import { authorizationUrl } from './oauth2/authorization-url.ts';
import { Conversation } from './oauth2/conversation.ts';
import { Devices } from './oauth2/devices.ts';
import { partiesOf } from './oauth2/parties.ts';
import { isFromCredentials, oauth2Source } from './oauth2/source.ts';
import { type Begun, newState, PendingAuthorisations } from './pending.ts';
import { type ExchangeOptions, saidBy } from './provider/exchange.ts';
import { ProviderFailure } from './provider/failure.ts';
import { refusalWords } from './refusals.ts';
import { returnPath } from './return-path.ts';
import { type Timing, TokenKeeper } from './tokens/keeper.ts';
import { isAlive, type ProviderToken } from './tokens/record.ts';
import type { TokenSource } from './tokens/source.ts';
import type { TokenStore } from './tokens/store.ts';

export interface AuthorisationParts {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly installs: InstallStore;
  readonly tokens: TokenStore;
  readonly catalogue: ApplicationCatalogue;
  readonly now: () => number;
  readonly log: Log;
  /** Where providers send people back to. */
  readonly callbackUrl: () => string;
  readonly timing: Timing;
  readonly wire?: Wire;
  /** Code of the application that follows. @returns what it said when it failed */
  readonly authorised: (application: string, user: string) => Promise<string | null>;
}

type WithToken = Extract<AuthDescriptor, { kind: 'oauth1' | 'oauth2' }>;
type Place = Pick<StoredInstall, 'application' | 'user'>;

export class ProviderAuthorisation implements Authorisation {
  readonly #parts: AuthorisationParts;
  readonly #keeper: TokenKeeper;
  readonly #pending: PendingAuthorisations;
  readonly #devices: Devices;

  constructor(parts: AuthorisationParts) {
    this.#parts = parts;
    const { records, vault, now, log, tokens, timing, catalogue } = parts;
    const changed = (application: string, user: string) => catalogue.changed(application, user);
    this.#keeper = new TokenKeeper({ store: tokens, now, log, timing, changed });
    this.#pending = new PendingAuthorisations(records, vault, now);
    this.#devices = new Devices({
      records,
      vault,
      now,
      log,
      ask: async (place, deviceCode) => {
        const { subject, descriptor } = await this.#subjectOf(place);
        return this.#talk(descriptor as OAuth2Descriptor, subject).byDeviceCode(deviceCode);
      },
      done: async (place, token) => {
        const { subject } = await this.#subjectOf(place);
        await this.#authorised(subject, token);
      },
    });
  }

  /** @param alone  no other process uses the store */
  async start(alone: boolean): Promise<void> {
    await this.#keeper.recover(alone, (application) => {
      const descriptor = this.#descriptorOf(application);
      return descriptor?.kind === 'oauth2' && isFromCredentials(descriptor);
    });
    await this.#devices.start();
  }

  /** What is asked is answered and written down, but not longer than this. */
  async stop(longestMs = 10_000): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, longestMs)));
    await Promise.race([Promise.all([this.#keeper.idle(), this.#devices.stop()]), late]);
    clearTimeout(timer);
  }

  /** Seal again what is sealed under a former key. @returns how many tokens, and how many that wait for a person */
  async rotate(): Promise<{ tokens: number; begun: number }> {
    const begun = (await this.#pending.rotate()) + (await this.#devices.rotate());
    return { tokens: await this.#parts.tokens.rotate(), begun };
  }

  async token(manifest: ApplicationManifest, install: StoredInstall, rejected?: number): Promise<AccessToken | null> {
    const descriptor = withToken(manifest.auth);
    if (!descriptor) return null;
    return this.#keeper.token(install, this.#sourceOf(descriptor, { manifest, install }), rejected);
  }

  async state(manifest: ApplicationManifest, install: StoredInstall): Promise<AuthorisationState> {
    const descriptor = withToken(manifest.auth);
    if (!descriptor) return { authorised: 'not-needed', reason: null, expiresAt: null };
    const fromCredentials = descriptor.kind === 'oauth2' && isFromCredentials(descriptor);
    const record = await this.#keeper.settled(install, fromCredentials);
    if (!record || (record.secrets === null && record.pause === null)) {
      if (fromCredentials) return { authorised: 'not-needed', reason: null, expiresAt: null };
      return { authorised: 'no', reason: await this.#waitingFor(install), expiresAt: null };
    }
    const { state, reason, expiresAt, pause, renewable } = record;
    const alive = isAlive(record, this.#parts.now());
    if (state === 'broken') return { authorised: 'broken', reason, expiresAt: null };
    if (pause && (pause.kind === 'refused' || !alive))
      return { authorised: pause.kind === 'refused' ? 'broken' : 'yes', reason: pause.reason, expiresAt };
    if (!alive && !renewable && !fromCredentials)
      return { authorised: 'broken', reason: 'The token has ended, and there is nothing to renew it with.', expiresAt };
    return { authorised: 'yes', reason: null, expiresAt };
  }

  async begin(
    manifest: ApplicationManifest,
    install: StoredInstall,
    returnTo: string | null,
  ): Promise<AuthorizeAnswer> {
    const { application } = install;
    const descriptor = withToken(manifest.auth);
    if (!descriptor)
      throw new SluiceError('authorisation.not_offered', {
        application,
        why: 'its credentials, filled in, are all it needs.',
      });
    const path = returnPath(returnTo);
    const subject = { manifest, install };
    try {
      if (descriptor.kind === 'oauth1') return await this.#beginOauth1(descriptor, subject, path);
      if (isFromCredentials(descriptor)) {
        await this.#keeper.remove(install);
        await this.#keeper.token(install, this.#sourceOf(descriptor, subject));
        await this.#parts.authorised(application, install.user);
        return { authorised: true };
      }
      if (descriptor.grant === 'device-code') return await this.#beginDevice(descriptor, subject);
      return await this.#beginCode(descriptor, subject, path);
    } catch (error) {
      throw error instanceof ProviderFailure ? faultOf(install, error) : error;
    }
  }

  async returned(query: Readonly<Record<string, unknown>>): Promise<Returned> {
    const state = textIn(query, 'state');
    const begun = state === null ? null : await this.#pending.take(state);
    if (!begun) {
      const { message, hint } = new SluiceError('authorisation.state_unknown', {});
      return { done: false, application: null, problem: `${message} ${hint}`, returnTo: null };
    }
    const { returnTo } = begun;
    try {
      const { subject, descriptor } = await this.#subjectOf(begun);
      const application = subject.manifest.name;
      const problem = await this.#finish(descriptor, subject, begun, query);
      return { done: problem === null, application, problem, returnTo };
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      return { done: false, application: begun.application, problem: `${error.message} ${error.hint}`, returnTo };
    }
  }

  async forget(install: StoredInstall, manifest: ApplicationManifest | null): Promise<string | null> {
    await this.#pending.forget(install.application, install.user);
    await this.#devices.forget(install);
    const token = await this.#keeper.remove(install);
    const descriptor = withToken(manifest?.auth);
    if (!token || !manifest || !descriptor) return null;
    try {
      await this.#sourceOf(descriptor, { manifest, install }).revoke(token);
      return null;
    } catch (error) {
      if (!(error instanceof ProviderFailure || error instanceof SluiceError)) throw error;
      return `The token was forgotten here, but the provider did not take it back: ${error.message}`;
    }
  }

  async #beginCode(descriptor: OAuth2Descriptor, subject: Subject, returnTo: string | null): Promise<AuthorizeAnswer> {
    const { application, user } = subject.install;
    const parties = partiesOf(descriptor, subject);
    if (!parties.server.authorization_endpoint)
      throw new SluiceError('authorisation.not_offered', { application, why: 'it names no address to agree at.' });
    const state = newState();
    const redirectUri = this.#parts.callbackUrl();
    const verifier = descriptor.pkce ? newState() : null;
    const expiresAt = await this.#pending.begin(state, { application, user, returnTo, redirectUri, verifier });
    return { authorizeUrl: await authorizationUrl(parties, { state, redirectUri, verifier }), expiresAt };
  }

  async #beginOauth1(
    descriptor: OAuth1Descriptor,
    subject: Subject,
    returnTo: string | null,
  ): Promise<AuthorizeAnswer> {
    const { application, user } = subject.install;
    const state = newState();
    const callback = new URL(this.#parts.callbackUrl());
    callback.searchParams.set('state', state);
    const talk = this.#talk1(descriptor, subject);
    const requestToken = await talk.requestToken(callback.href);
    const begun = { application, user, returnTo, redirectUri: callback.href, verifier: null, requestToken };
    const expiresAt = await this.#pending.begin(state, begun);
    return { authorizeUrl: talk.authorizationUrl(requestToken), expiresAt };
  }

  async #beginDevice(descriptor: OAuth2Descriptor, subject: Subject): Promise<AuthorizeAnswer> {
    const { application } = subject.install;
    if (!descriptor.deviceAuthorizationUrl)
      throw new SluiceError('authorisation.not_offered', {
        application,
        why: 'it names no address to ask for a code.',
      });
    const started = await this.#talk(descriptor, subject).startDevice();
    const { userCode, verificationUrl, expiresAt } = await this.#devices.begin(subject.install, started);
    return { userCode, verificationUrl, expiresAt };
  }

  /** @returns what went wrong, in words */
  async #finish(
    descriptor: WithToken,
    subject: Subject,
    begun: Begun,
    query: Readonly<Record<string, unknown>>,
  ): Promise<string | null> {
    const refused = refusalWords(query);
    if (refused !== null) return `${refused} Nothing was changed.`;
    let token: ProviderToken;
    try {
      if (descriptor.kind === 'oauth1') {
        const verifier = textIn(query, 'oauth_verifier');
        const { requestToken } = begun;
        if (!requestToken || verifier === null || textIn(query, 'oauth_token') !== requestToken.token)
          return 'The provider sent you back without what proves that you agreed. Nothing was changed; authorise again.';
        token = await this.#talk1(descriptor, subject).accessToken(requestToken, verifier);
        return this.#welcomed(subject, token);
      }
      const parties = partiesOf(descriptor, subject);
      const issuer = textIn(query, 'iss');
      if (descriptor.issuer && issuer !== null && issuer !== parties.server.issuer)
        return 'The answer comes from another provider than the one that was asked. Nothing was changed.';
      const code = textIn(query, 'code');
      if (code === null) return 'The provider sent you back without a code. Nothing was changed; authorise again.';
      token = await this.#talk(descriptor, subject).byCode(code, begun.redirectUri, begun.verifier);
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      const { application, user } = begun;
      this.#parts.log.warn('A provider gave no token.', { application, user, reason: error.message });
      return `${sentenceOf(error)} Nothing was changed; authorise again.`;
    }
    return this.#welcomed(subject, token);
  }

  async #welcomed(subject: Subject, token: ProviderToken): Promise<string | null> {
    const warning = await this.#authorised(subject, token);
    return warning === null ? null : `It is authorised, but what the application does then failed: ${warning}`;
  }

  async #authorised({ install }: Subject, token: ProviderToken): Promise<string | null> {
    await this.#keeper.put(install, token);
    return this.#parts.authorised(install.application, install.user);
  }

  async #waitingFor(install: StoredInstall): Promise<string> {
    const device = await this.#devices.of(install);
    if (!device) return 'Nobody has agreed to it yet.';
    if (device.problem !== null) return `Not authorised: ${device.problem}`;
    return `Enter the code ${device.userCode} at ${device.verificationUrl}.`;
  }

  #sourceOf(descriptor: WithToken, subject: Subject): TokenSource {
    if (descriptor.kind === 'oauth2') return oauth2Source(descriptor, subject, this.#exchange());
    // Its tokens live until they are taken back, and the standard knows no way to give one back.
    return {
      fromCredentials: false,
      renew: () => Promise.reject(new Error('A token of OAuth 1.0a cannot be renewed.')),
      revoke: async () => {},
    };
  }

  #talk(descriptor: OAuth2Descriptor, subject: Subject): Conversation {
    return new Conversation(partiesOf(descriptor, subject), this.#exchange());
  }

  #talk1(descriptor: OAuth1Descriptor, subject: Subject): OAuth1Conversation {
    return new OAuth1Conversation(descriptor, subject, this.#exchange());
  }

  #exchange(): ExchangeOptions {
    const { now, wire, timing } = this.#parts;
    return { now, timeoutMs: timing.requestMs, ...(wire && { wire }) };
  }

  /** @throws SluiceError `application.unknown`, `install.unknown`, `authorisation.not_offered` */
  async #subjectOf({ application, user }: Place): Promise<{ subject: Subject; descriptor: WithToken }> {
    const { application: manifest } = this.#parts.catalogue.find(application);
    const install = await this.#parts.installs.get(application, user);
    if (!install) throw new SluiceError('install.unknown', { application, user });
    const descriptor = withToken(manifest.auth);
    if (!descriptor) throw new SluiceError('authorisation.not_offered', { application, why: 'it changed meanwhile.' });
    return { subject: { manifest, install }, descriptor };
  }

  #descriptorOf(application: string): WithToken | null {
    return withToken(this.#parts.catalogue.get(application)?.application.auth);
  }
}

const withToken = (auth: AuthDescriptor | undefined): WithToken | null =>
  auth?.kind === 'oauth1' || auth?.kind === 'oauth2' ? auth : null;

/** A parameter that is there once. */
function textIn(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' && value !== '' && value.length <= 10_000 ? value : null;
}

function sentenceOf({ kind, message }: ProviderFailure): string {
  if (kind === 'refused') return `The provider refuses: ${message}.`;
  return `The provider could not be asked for the token: ${message}.`;
}

function faultOf({ application, user }: Place, { kind, message }: ProviderFailure): SluiceError {
  const details = { application, user, reason: saidBy(message) };
  return kind === 'refused'
    ? new SluiceError('authorisation.refused', details)
    : new SluiceError('authorisation.unavailable', details);
}
