// An application as one user has it: what was filled in, and the token that came of it.

import type { AccessToken, InstallForWorker, Json, Settings } from '@sluice/protocol';
import { Fail } from '../step/errors.ts';

export class Install {
  readonly application: string;
  readonly user: string;
  readonly enabled: boolean;
  readonly revision: number;
  /** By form and field, secrets in clear: they must not leave the service but to the remote side. */
  readonly settings: Settings;
  readonly token: AccessToken | null;
  /** Values the application wants to be found by. */
  readonly clear: Readonly<Record<string, Json>>;

  constructor(view: InstallForWorker) {
    this.application = view.application;
    this.user = view.user;
    this.enabled = view.enabled;
    this.revision = view.revision;
    this.settings = view.settings;
    this.token = view.token;
    this.clear = view.clear;
  }

  /** What was filled in, or undefined. */
  value<T extends Json = Json>(form: string, field: string): T | undefined {
    return (this.settings[form]?.[field] ?? undefined) as T | undefined;
  }

  /** @throws Fail `install.incomplete` when it was not filled in */
  text(form: string, field: string): string {
    const value = this.value(form, field);
    if (value === undefined || value === '')
      throw new Fail(
        `"${this.application}" of user "${this.user}" needs "${field}" of the form "${form}", which is not filled in.`,
        { code: 'install.incomplete' },
      );
    return String(value);
  }
}
