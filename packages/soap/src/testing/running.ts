// Connectors in a worker of this process, with what was installed for its user.

import type { AccessToken, Outcome, Settings } from '@sluice/protocol';
import { type Connector, local, Platform } from '@sluice/sdk';
import { callOf } from './call-of.ts';

export interface Installed {
  readonly settings?: Settings;
  readonly token?: AccessToken | null;
}

export interface Running {
  readonly records: object[];
  run(body: unknown): Promise<Outcome>;
}

/** @param installed  what the platform answers, one after the other, the last one for ever */
export function running(step: Connector, ...installed: readonly Installed[]): Running {
  const records: object[] = [];
  const left = [...installed];
  const platform = new Platform(async (ask) => {
    const { settings = {}, token = null } = (left.length > 1 ? left.shift() : left[0]) ?? {};
    const { application = '', user = '' } = ask as { application?: string; user?: string };
    return { ok: true, value: { application, user, enabled: true, revision: 1, settings, token, clear: {} } };
  });
  const worker = local({ steps: [step], onRecord: (record) => records.push(record), host: { platform } });
  return { records, run: (body) => worker.call(callOf(step.kind, step.name, body)) };
}
