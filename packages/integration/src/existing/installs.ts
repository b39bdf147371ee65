// Installs of existing applications. The worker keeps what was filled in, sealed under a key of its own, in documents on
// this platform; what is read here of an install without asking the worker is what stands in the document in clear.

import {
  type AuthorizeAnswer,
  type Choice,
  type InstallQuery,
  type InstallView,
  type Json,
  type Settings,
  SluiceError,
} from '@sluice/protocol';
import type { InstallHost } from '../installs/host.ts';
import type { ExistingAuthorisation } from './authorisation.ts';
import { type ExistingClient, installPath, type Place, segment, userPath } from './client.ts';
import type { Documents, InstallDocument } from './documents.ts';
import { type FilledForms, formsOf, outgoingSettings, problemsIn } from './forms.ts';
import type { ExistingApplication } from './offer.ts';

type LifeCycle = 'Install' | 'Uninstall' | 'Enable' | 'Disable';

/** What follows an install when it changes. */
export interface ExistingFollower {
  /** Its settings, or whether it is enabled; before it is disabled or removed it is told as well. */
  changed(place: Place, user: string, state: 'saved' | 'enabled' | 'disabling'): Promise<void>;
}

export interface ExistingInstallParts {
  readonly client: ExistingClient;
  readonly documents: Documents;
  readonly authorisation: ExistingAuthorisation;
  /** Why the token of an install is not renewed, in words; null when all is well. */
  readonly trouble: (place: Place, user: string) => string | null;
  readonly followers: readonly ExistingFollower[];
}

/** Installs of the applications of one worker. */
export class ExistingInstalls implements InstallHost {
  readonly #parts: ExistingInstallParts;
  readonly #placeOf: (application: string) => Place;

  constructor(parts: ExistingInstallParts, placeOf: (application: string) => Place) {
    this.#parts = parts;
    this.#placeOf = placeOf;
  }

  async view(application: string, user: string): Promise<InstallView> {
    const place = this.#placeOf(application);
    return this.#view(place, await this.#document(place, user));
  }

  async install(application: string, user: string): Promise<{ view: InstallView; created: boolean }> {
    const place = this.#placeOf(application);
    // The worker finds only enabled installs, and would make a second one beside a disabled one.
    const before = await this.#find(place, user);
    if (before) return { view: await this.#view(place, before), created: false };
    await this.#ask(place, 'install', 'POST', `${installPath(place, user)}/install`, {});
    const document = await this.#find(place, user);
    if (!document) {
      const reason =
        'the worker says that it is installed, and wrote nothing to this platform. Look at its WORKER_API_HOST and at the scope worker:all of its token';
      throw new SluiceError('application.failed', {
        application,
        operation: 'install',
        code: 'existing.not_written',
        reason,
      });
    }
    const warning = await this.#callBack(place, user, 'Install');
    return { view: await this.#view(place, document, warning), created: true };
  }

  async save(application: string, user: string, incoming: Settings): Promise<InstallView> {
    const place = this.#placeOf(application);
    const document = await this.#document(place, user);
    const { filled } = await this.#detail(place, user);
    const { settings, problems, secrets } = outgoingSettings(filled, incoming);
    if (Object.keys(problems).length > 0)
      throw new SluiceError('install.form_invalid', { application, fields: problems });
    if (Object.keys(settings).length === 0) return this.#view(place, document);
    const path = `${installPath(place, user)}/settings`;
    await this.#parts.client.ask(place, { operation: 'save', method: 'PUT', path, body: settings, secrets });
    await this.#tell(place, user, 'saved');
    return this.view(application, user);
  }

  async setEnabled(application: string, user: string, enabled: boolean): Promise<InstallView> {
    const place = this.#placeOf(application);
    const document = await this.#document(place, user);
    if (document.enabled === enabled) return this.#view(place, document);
    if (!enabled) await this.#tell(place, user, 'disabling');
    await this.#changeState(place, user, enabled);
    const warning = await this.#callBack(place, user, enabled ? 'Enable' : 'Disable');
    if (enabled) await this.#tell(place, user, 'enabled');
    return this.#view(place, await this.#document(place, user), warning);
  }

  async uninstall(application: string, user: string): Promise<void> {
    const place = this.#placeOf(application);
    const document = await this.#document(place, user);
    if (document.enabled) {
      await this.#tell(place, user, 'disabling');
      await this.#changeState(place, user, false);
      await this.#callBack(place, user, 'Disable');
    }
    // There may be several, left by an install beside a disabled one; each call removes one of them.
    for (let left = 10; left > 0 && (await this.#find(place, user)); left--)
      await this.#ask(place, 'uninstall', 'DELETE', `${installPath(place, user)}/uninstall`);
    await this.#callBack(place, user, 'Uninstall');
  }

  async choices(application: string, user: string, form: string, field: string): Promise<readonly Choice[]> {
    const place = this.#placeOf(application);
    await this.#document(place, user);
    const { forms } = (await this.#detail(place, user)).filled;
    const found = forms.find(({ key }) => key === form)?.fields.find(({ key }) => key === field);
    if (found) return found.choices ?? [];
    const known = forms.flatMap(({ key, fields }) => fields.map((one) => `${key}.${one.key}`));
    throw new SluiceError('application.no_such_part', { application, part: 'field', name: `${form}.${field}`, known });
  }

  test(application: string): Promise<Json> {
    throw new SluiceError('application.no_such_part', { application, part: 'test', name: 'connection', known: [] });
  }

  act(application: string, _user: string, action: string): Promise<Json> {
    throw new SluiceError('application.no_such_part', { application, part: 'action', name: action, known: [] });
  }

  async authorize(application: string, user: string, returnTo: string | null): Promise<AuthorizeAnswer> {
    const place = this.#placeOf(application);
    await this.#document(place, user);
    return this.#parts.authorisation.begin(place, user, returnTo);
  }

  /** @throws SluiceError `install.unknown` */
  async #document(place: Place, user: string): Promise<InstallDocument> {
    const document = await this.#find(place, user);
    if (!document) throw new SluiceError('install.unknown', { application: place.application, user });
    return document;
  }

  #find(place: Place, user: string): Promise<InstallDocument | null> {
    return this.#parts.documents.install(place.application, user, sdkOf(place));
  }

  #ask(place: Place, operation: string, method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#parts.client.ask(place, { operation, method, path, ...(body === undefined ? {} : { body }) });
  }

  #changeState(place: Place, user: string, enabled: boolean): Promise<unknown> {
    const operation = enabled ? 'enable' : 'disable';
    return this.#ask(place, operation, 'PUT', `${installPath(place, user)}/changeState`, { enabled });
  }

  async #tell(place: Place, user: string, state: 'saved' | 'enabled' | 'disabling'): Promise<void> {
    for (const follower of this.#parts.followers) await follower.changed(place, user, state);
  }

  /** Code of the application that follows a change. @returns what it said when it failed, in words */
  async #callBack(place: Place, user: string, what: LifeCycle): Promise<string | null> {
    const method = `after${what}Callback`;
    const path = `/applications/${segment(place.application)}/sync/${method}`;
    const body = { user, name: place.application, sdk: place.worker.worker };
    try {
      await this.#ask(place, method, 'POST', path, body);
      return null;
    } catch (error) {
      if (error instanceof SluiceError) return error.message;
      throw error;
    }
  }

  async #detail(place: Place, user: string): Promise<{ filled: FilledForms; raw: Record<string, unknown> }> {
    const raw = (await this.#ask(place, 'view', 'GET', installPath(place, user))) as Record<string, unknown>;
    return { filled: formsOf(raw.applicationSettings), raw };
  }

  async #view(place: Place, document: InstallDocument, warning: string | null = null): Promise<InstallView> {
    const { user } = document;
    const { filled, raw } = await this.#detail(place, user);
    const application = place.worker.offer.applications.find(({ key }) => key === place.application)!;
    return {
      ...shown(application, document, raw.authorized === true),
      settings: filled.settings,
      problems: problemsIn(filled),
      warning: warning ?? this.#parts.trouble(place, user),
      forms: [...filled.forms],
      webhooks: webhooksOf(raw.webhookSettings),
    };
  }
}

/**
 * Installs at all workers, without what was filled in: the worker of each is asked once for each user. One that is away
 * leaves open what only it knows.
 */
export async function listInstalls(
  places: readonly Place[],
  { client, documents, trouble }: Pick<ExistingInstallParts, 'client' | 'documents' | 'trouble'>,
  { application, user, clear }: InstallQuery,
): Promise<InstallView[]> {
  const [name = '', ...rest] = clear?.split(':') ?? [];
  const all = await documents.installs();
  const asked = new Map<string, Promise<ReadonlySet<string> | null>>();
  const views = places.flatMap((place) => {
    const { worker } = place;
    const found = all.filter(
      (one) =>
        one.key === place.application &&
        (sdkOf(place) === null || one.sdk === worker.worker) &&
        (application === undefined || one.key === application) &&
        (user === undefined || one.user === user) &&
        (clear === undefined || String(one.clear[name]) === rest.join(':')),
    );
    const once = new Map(found.toReversed().map((one) => [one.user, one]));
    return [...once.values()].map(async (document): Promise<InstallView> => {
      const key = `${worker.worker}\n${document.user}`;
      let answer = asked.get(key);
      if (!answer) {
        answer = authorisedOf(client, place, document.user);
        asked.set(key, answer);
      }
      const authorised = await answer;
      const of = worker.offer.applications.find((one) => one.key === place.application)!;
      const view = shown(of, document, authorised?.has(place.application) ?? false);
      const away = `The worker "${worker.worker}" cannot be asked.`;
      return { ...view, reason: authorised ? view.reason : away, warning: trouble(place, document.user) };
    });
  });
  return Promise.all(views);
}

/** Keys of the applications that are authorised for a user; null when the worker cannot say. */
async function authorisedOf(client: ExistingClient, place: Place, user: string): Promise<ReadonlySet<string> | null> {
  try {
    const question = { operation: 'list', method: 'GET', path: userPath(place.worker, user) };
    const { items } = (await client.ask(place, question)) as { items?: { key?: unknown; authorized?: unknown }[] };
    const yes = Array.isArray(items) ? items.filter((one) => one?.authorized === true) : [];
    return new Set(yes.map(({ key }) => String(key)));
  } catch (error) {
    if (error instanceof SluiceError) return null;
    throw error;
  }
}

const sdkOf = ({ worker }: Place): string | null => (worker.offer.generation === 5 ? worker.worker : null);

function shown(application: ExistingApplication, document: InstallDocument, authorised: boolean): InstallView {
  const { user, enabled, expiresAt, clear, createdAt, changedAt } = document;
  const missing =
    application.authorisation === 'basic'
      ? 'What it needs to sign in is not all filled in.'
      : 'Nobody has authorised it at its provider yet.';
  return {
    application: application.key,
    user,
    enabled,
    authorised: authorised ? 'yes' : 'no',
    reason: authorised ? null : missing,
    tokenExpiresAt: expiresAt,
    settings: {},
    problems: {},
    clear: clear as Record<string, Json>,
    createdAt,
    changedAt,
    warning: null,
  };
}

function webhooksOf(raw: unknown): { name: string; topology: string | null; enabled: boolean }[] {
  if (!Array.isArray(raw)) return [];
  return raw
    .filter((one): one is Record<string, unknown> => typeof one?.name === 'string')
    .map(({ name, topology, enabled }) => ({
      name: String(name),
      topology: typeof topology === 'string' && topology !== '' ? topology : null,
      enabled: enabled === true,
    }));
}
