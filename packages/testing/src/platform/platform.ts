// The platform of a test: it knows the installs that the test names.

import type { DataStore } from '@sluice/engine';
import { answerData, spaceOf } from '@sluice/integration';
import { type Ask, type AskResult, type InstallForWorker, type Settings, SluiceError } from '@sluice/protocol';
import { Platform } from '@sluice/sdk';

/** An application as a user of the test has it. */
export interface TestInstall {
  readonly application: string;
  /** Default `default`. */
  readonly user?: string;
  readonly settings?: Settings;
  /** An access token, or false when it was not authorised; default: `test-token`. */
  readonly token?: string | false;
  /** What the provider answered beside the token. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** @param data  what steps keep, and the clock it is kept by */
export function testPlatform(
  installs: readonly TestInstall[],
  data: { readonly store: () => DataStore; readonly now: () => number },
): Platform {
  const known = new Map<string, InstallForWorker>(
    installs.map(({ application, user = 'default', settings = {}, token = 'test-token', extra = {} }) => [
      keyOf(application, user),
      { application, user, enabled: true, revision: 1, settings, token: tokenOf(token, 1, extra), clear: {} },
    ]),
  );
  return new Platform(async (ask) => {
    try {
      if (ask.ask === 'data')
        return { ok: true, value: await answerData(data.store(), spaceOf('test', ask), ask.data, data.now()) };
      return { ok: true, value: answerOf(known, ask) };
    } catch (error) {
      if (error instanceof SluiceError) return { ok: false, problem: error.toProblem() } satisfies AskResult;
      throw error;
    }
  });
}

function answerOf(known: Map<string, InstallForWorker>, ask: Exclude<Ask, { ask: 'data' }>): unknown {
  const { application, user } = ask;
  // A test of one step or flow shares its limits with nobody.
  if (ask.ask === 'permit') return null;
  const key = keyOf(application, user);
  const install = known.get(key);
  if (!install) throw new SluiceError('install.unknown', { application, user });
  switch (ask.ask) {
    case 'install':
      return install;
    case 'refresh': {
      const { token } = install;
      if (!token) throw new SluiceError('install.not_authorised', { application, user, reason: 'no token.' });
      if (token.revision > ask.rejected) return install;
      const revision = token.revision + 1;
      const renewed = {
        ...install,
        token: tokenOf(`${token.accessToken.split('#')[0]}#${revision}`, revision, token.extra),
      };
      known.set(key, renewed);
      return renewed;
    }
    case 'clear-values':
      known.set(key, { ...install, clear: ask.values });
      return null;
  }
}

const keyOf = (application: string, user: string): string => `${application}\n${user}`;

const tokenOf = (
  token: string | false,
  revision: number,
  extra: Readonly<Record<string, string>>,
): InstallForWorker['token'] =>
  token === false ? null : { revision, accessToken: token, tokenType: 'Bearer', expiresAt: null, scopes: [], extra };
