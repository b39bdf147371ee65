// Applications as users have them: installed, filled in, enabled, and removed again.

import {
  type ApplicationManifest,
  type AuthorizeAnswer,
  type Choice,
  type Hook,
  type InstallForWorker,
  type InstallQuery,
  type InstallView,
  type InvocationBody,
  type Json,
  type Settings,
  SluiceError,
} from '@sluice/protocol';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { Authorisation } from '../authorisation/authorisation.ts';
import type { InstallHost } from './host.ts';
import { effectiveSettings, mergeSettings, problemsOf, shownSettings } from './settings.ts';
import type { InstallStore, StoredInstall } from './store.ts';

/** What follows an install when it changes. */
export interface InstallFollower {
  /** Its settings or its authorisation. */
  changed?(application: string, user: string): Promise<void>;
  /** Also when it is new. */
  enabled?(install: StoredInstall): Promise<void>;
  disabled?(install: StoredInstall): Promise<void>;
  /** Before it is forgotten. */
  removing?(install: StoredInstall): Promise<void>;
}

export interface InstallParts {
  readonly catalogue: ApplicationCatalogue;
  readonly store: InstallStore;
  readonly authorisation: Authorisation;
  readonly now: () => number;
}

export class Installs implements InstallHost {
  readonly #parts: InstallParts;
  readonly #followers: InstallFollower[] = [];
  /** Disabled installs that code of their application may see for now, with how often; see `lend`. */
  readonly #lent = new Map<string, number>();
  /** Changes of one install come one after another. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: InstallParts) {
    this.#parts = parts;
  }

  follow(follower: InstallFollower): void {
    this.#followers.push(follower);
  }

  async list({ application, user, clear }: InstallQuery = {}): Promise<InstallView[]> {
    const [name = '', ...rest] = clear?.split(':') ?? [];
    const found = (await this.#parts.store.list(application)).filter(
      (one) =>
        (user === undefined || one.user === user) &&
        (clear === undefined || textOf(one.clear[name]) === rest.join(':')),
    );
    const known = new Set(this.#parts.catalogue.list().map(({ key }) => key));
    return Promise.all(found.filter((one) => known.has(one.application)).map((one) => this.#view(one)));
  }

  /** @throws SluiceError `install.unknown` */
  async view(application: string, user: string): Promise<InstallView> {
    return this.#view(await this.get(application, user));
  }

  /** @throws SluiceError `install.unknown` */
  async get(application: string, user: string): Promise<StoredInstall> {
    const install = await this.#parts.store.get(application, user);
    if (!install) throw new SluiceError('install.unknown', { application, user });
    return install;
  }

  /** Install for a user; again is fine. */
  async install(application: string, user: string): Promise<{ view: InstallView; created: boolean }> {
    this.#parts.catalogue.find(application);
    const created = await this.#turn(application, user, async () => {
      if (await this.#parts.store.get(application, user)) return false;
      const now = this.#parts.now();
      const install: StoredInstall = {
        application,
        user,
        enabled: true,
        revision: 1,
        settings: {},
        clear: {},
        createdAt: now,
        changedAt: now,
      };
      await this.#parts.store.put(install);
      return true;
    });
    const warning = created ? await this.#hook(application, user, 'installed') : null;
    if (created) await this.#follow('enabled', await this.get(application, user));
    return { view: await this.#view(await this.get(application, user), warning), created };
  }

  /** @throws SluiceError `install.form_invalid`: nothing was stored */
  async save(application: string, user: string, incoming: Settings): Promise<InstallView> {
    const { application: manifest } = this.#parts.catalogue.find(application);
    return this.#change(application, user, 'saved', (install) => {
      const { settings, problems } = mergeSettings(manifest.forms, install.settings, incoming);
      if (Object.keys(problems).length > 0)
        throw new SluiceError('install.form_invalid', { application, fields: problems });
      return { ...install, settings };
    });
  }

  async setEnabled(application: string, user: string, enabled: boolean): Promise<InstallView> {
    const before = await this.get(application, user);
    if (before.enabled === enabled) return this.#view(before);
    const view = await this.#change(application, user, enabled ? 'enabled' : 'disabled', (install) => ({
      ...install,
      enabled,
    }));
    const install = await this.get(application, user);
    await this.#follow(enabled ? 'enabled' : 'disabled', install);
    return view;
  }

  async uninstall(application: string, user: string): Promise<void> {
    const install = await this.get(application, user);
    await this.#follow('removing', install);
    await this.#hook(application, user, 'uninstalled');
    await this.#turn(application, user, async () => {
      await this.#parts.authorisation.forget(install, this.#manifestOf(application));
      await this.#parts.store.remove(application, user);
      this.#parts.catalogue.changed(application, user);
    });
  }

  /**
   * Begin to authorise, for a person.
   * @param returnTo  path of this platform where they go on afterwards
   * @throws SluiceError of `Authorisation.begin`
   */
  async authorize(application: string, user: string, returnTo: string | null): Promise<AuthorizeAnswer> {
    const { application: manifest } = this.#parts.catalogue.find(application);
    return this.#parts.authorisation.begin(manifest, await this.get(application, user), returnTo);
  }

  /** Give the token back and forget it; what was filled in stays. */
  async withdraw(application: string, user: string): Promise<InstallView> {
    const install = await this.get(application, user);
    const warning = await this.#parts.authorisation.forget(install, this.#manifestOf(application));
    this.#parts.catalogue.changed(application, user);
    return this.#view(install, warning);
  }

  async setClear(application: string, user: string, values: Readonly<Record<string, Json>>): Promise<void> {
    await this.#turn(application, user, async () => {
      const install = await this.get(application, user);
      await this.#parts.store.put({ ...install, clear: values, changedAt: this.#parts.now() });
    });
    this.#parts.catalogue.changed(application, user);
  }

  /** @throws SluiceError `application.no_such_part` */
  async choices(application: string, user: string, formKey: string, fieldKey: string): Promise<readonly Choice[]> {
    const { forms } = this.#parts.catalogue.find(application).application;
    const form = forms.find(({ key }) => key === formKey);
    const field = form?.fields.find(({ key }) => key === fieldKey);
    if (!field) {
      const known = forms.flatMap(({ key, fields }) => fields.map((one) => `${key}.${one.key}`));
      throw new SluiceError('application.no_such_part', {
        application,
        part: 'field',
        name: `${formKey}.${fieldKey}`,
        known,
      });
    }
    if (!field.live) return field.choices ?? [];
    await this.get(application, user);
    const answer = await this.invoke(application, user, { operation: 'choices', form: formKey, field: fieldKey });
    return choicesIn(answer);
  }

  test(application: string, user: string): Promise<Json> {
    return this.invoke(application, user, { operation: 'test' });
  }

  /** @throws SluiceError `application.no_such_part` */
  async act(application: string, user: string, action: string, input: Json): Promise<Json> {
    const { actions } = this.#parts.catalogue.find(application).application;
    if (!actions.some(({ name }) => name === action)) {
      const known = actions.map(({ name }) => name);
      throw new SluiceError('application.no_such_part', { application, part: 'action', name: action, known });
    }
    return this.invoke(application, user, { operation: 'action', action, input });
  }

  /** Have code of the application run for a user who has it. */
  async invoke(application: string, user: string, body: InvocationBody): Promise<Json> {
    await this.get(application, user);
    return this.#parts.catalogue.invoke(application, user, body);
  }

  /** An install as its worker sees it, with a token that is good for a while. @throws SluiceError `install.disabled`, … */
  async forWorker(application: string, user: string, rejected?: number): Promise<InstallForWorker> {
    const { application: manifest } = this.#parts.catalogue.find(application);
    const install = await this.get(application, user);
    if (!install.enabled && !this.#lent.has(placeOf(application, user)))
      throw new SluiceError('install.disabled', { application, user });
    const token = await this.#parts.authorisation.token(manifest, install, rejected);
    const { enabled, revision, clear } = install;
    return {
      application,
      user,
      enabled,
      revision,
      settings: effectiveSettings(manifest.forms, install.settings),
      token,
      clear,
    };
  }

  /** Code of the application that follows a change. @returns what it said when it failed, in words */
  afterwards(application: string, user: string, hook: Hook): Promise<string | null> {
    return this.#hook(application, user, hook);
  }

  /**
   * Work of the platform's own that has to go on for a disabled install, such as ending what it has subscribed to: as long as it
   * lasts, workers of the application see the install.
   */
  async lend<T>(application: string, user: string, work: () => Promise<T>): Promise<T> {
    const place = placeOf(application, user);
    this.#lent.set(place, (this.#lent.get(place) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = this.#lent.get(place)! - 1;
      if (left > 0) this.#lent.set(place, left);
      else {
        this.#lent.delete(place);
        // Workers keep what they saw for a while.
        const install = await this.#parts.store.get(application, user);
        if (!install?.enabled) this.#parts.catalogue.changed(application, user);
      }
    }
  }

  /** Who has which application, and whether it is enabled. */
  all(application?: string): Promise<readonly Pick<StoredInstall, 'application' | 'user' | 'enabled'>[]> {
    return this.#parts.store.owners(application);
  }

  async #change(
    application: string,
    user: string,
    hook: Hook,
    change: (install: StoredInstall) => StoredInstall,
  ): Promise<InstallView> {
    await this.#turn(application, user, async () => {
      const before = await this.get(application, user);
      const after = { ...change(before), revision: before.revision + 1, changedAt: this.#parts.now() };
      await this.#parts.store.put(after);
    });
    const warning = await this.#hook(application, user, hook);
    return this.#view(await this.get(application, user), warning);
  }

  /** Outside of the turn: what the application does then may change its install again. */
  async #hook(application: string, user: string, hook: Hook): Promise<string | null> {
    this.#parts.catalogue.changed(application, user);
    const said = await this.#say(application, user, hook);
    if (hook === 'saved' || hook === 'authorised')
      for (const follower of this.#followers) await follower.changed?.(application, user);
    return said;
  }

  async #say(application: string, user: string, hook: Hook): Promise<string | null> {
    if (!this.#manifestOf(application)?.hooks.includes(hook)) return null;
    try {
      await this.#parts.catalogue.invoke(application, user, { operation: 'hook', hook });
      return null;
    } catch (error) {
      if (error instanceof SluiceError) return error.message;
      throw error;
    }
  }

  async #follow(what: 'enabled' | 'disabled' | 'removing', install: StoredInstall): Promise<void> {
    for (const follower of this.#followers) await follower[what]?.(install);
  }

  #manifestOf(application: string): ApplicationManifest | null {
    return this.#parts.catalogue.get(application)?.application ?? null;
  }

  async #view(install: StoredInstall, warning: string | null = null): Promise<InstallView> {
    const { application, user, enabled, clear, createdAt, changedAt } = install;
    const { application: manifest } = this.#parts.catalogue.find(application);
    const state = await this.#parts.authorisation.state(manifest, install);
    return {
      application,
      user,
      enabled,
      authorised: state.authorised,
      reason: state.reason,
      tokenExpiresAt: state.expiresAt,
      settings: shownSettings(manifest.forms, install.settings),
      problems: problemsOf(manifest.forms, install.settings),
      clear,
      createdAt,
      changedAt,
      warning,
    };
  }

  async #turn<T>(application: string, user: string, work: () => Promise<T>): Promise<T> {
    const key = placeOf(application, user);
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }
}

const placeOf = (application: string, user: string): string => `${application}\n${user}`;

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

function choicesIn(answer: Json): Choice[] {
  if (!Array.isArray(answer)) return [];
  return answer
    .filter((one): one is { value: string; label: string } => typeof (one as Choice | null)?.value === 'string')
    .map(({ value, label }) => ({ value, label: typeof label === 'string' ? label : value }));
}
