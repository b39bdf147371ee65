// What can be done with installs of an application, whoever keeps them: this platform, or a worker of the existing wire.

import type { AuthorizeAnswer, Choice, InstallView, Json, Settings } from '@sluice/protocol';

export interface InstallHost {
  /** @throws SluiceError `install.unknown` */
  view(application: string, user: string): Promise<InstallView>;
  /** Again is fine. */
  install(application: string, user: string): Promise<{ view: InstallView; created: boolean }>;
  /** @throws SluiceError `install.form_invalid`: nothing was stored */
  save(application: string, user: string, settings: Settings): Promise<InstallView>;
  setEnabled(application: string, user: string, enabled: boolean): Promise<InstallView>;
  uninstall(application: string, user: string): Promise<void>;
  /** @throws SluiceError `application.no_such_part` */
  choices(application: string, user: string, form: string, field: string): Promise<readonly Choice[]>;
  test(application: string, user: string): Promise<Json>;
  act(application: string, user: string, action: string, input: Json): Promise<Json>;
  /**
   * Begin to authorise at a provider.
   * @param returnTo  path of this platform where the person goes on afterwards
   */
  authorize(application: string, user: string, returnTo: string | null): Promise<AuthorizeAnswer>;
}
