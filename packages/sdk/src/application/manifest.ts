// What an application says about itself.

import {
  type ApplicationManifest,
  ApplicationManifestSchema,
  type Form as FormData,
  type Hook,
} from '@sluice/protocol';
import type { Application } from './application.ts';
import type { Auth } from './auth/auth.ts';
import { authOf } from './auth/from-descriptor.ts';
import type { Form } from './form.ts';

export const HOOK_METHODS = {
  installed: 'afterInstall',
  saved: 'afterSave',
  authorised: 'afterAuthorise',
  enabled: 'afterEnable',
  disabled: 'afterDisable',
  uninstalled: 'afterUninstall',
} as const satisfies Record<Hook, keyof Application>;

const known = new WeakMap<Application, ApplicationManifest>();

/** @throws Error with everything that is wrong with it */
export function manifestOf(application: Application): ApplicationManifest {
  const said = known.get(application) ?? checked(application);
  known.set(application, said);
  // Who loads it says where from, perhaps after somebody asked.
  return application.package ? { ...said, package: application.package } : said;
}

function checked(application: Application): ApplicationManifest {
  const { key, name, description, logo, website, baseUrl, auth, limits, webhooks, actions } = application;
  const said: Record<string, unknown> = {
    key,
    name,
    description,
    logo,
    website,
    categories: [...application.categories],
    package: application.package,
    baseUrl: baseUrl === '' ? undefined : baseUrl,
    forms: application.allForms.map(dataOf),
    auth:
      auth?.form || auth?.descriptor?.kind === 'oauth2' || auth?.descriptor?.kind === 'oauth1'
        ? auth.descriptor
        : undefined,
    ownProof: auth && hasOwnProof(auth) ? true : undefined,
    limits: [...limits],
    webhooks: webhooks.map(({ subscribe: _, unsubscribe: __, list: ___, parameters, ...event }) => ({
      ...event,
      ...(parameters ? { parameters: dataOf(parameters) } : {}),
    })),
    methods: Object.entries(application.methods).map(([name, { methods, description, input, output }]) =>
      withoutUndefined({ name, methods: [...methods], description, input, output }),
    ),
    actions: actions.map(({ run: _, form, ...action }) => ({ ...action, ...(form ? { form: dataOf(form) } : {}) })),
    hooks: (Object.keys(HOOK_METHODS) as Hook[]).filter((hook) => application[HOOK_METHODS[hook]] !== undefined),
    testable: application.test !== undefined,
  };
  const parsed = ApplicationManifestSchema.safeParse(withoutUndefined(said));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new Error(`The application "${key}" is not sound: ${problems.join('; ')}.`);
}

/** Credentials stand in its code, or the proof is made in a way that no description of it tells. */
function hasOwnProof({ form, descriptor, sign }: Auth): boolean {
  if (!form && descriptor?.kind !== 'oauth1' && descriptor?.kind !== 'oauth2') return true;
  return descriptor === undefined || authOf(descriptor)?.sign !== sign;
}

const dataOf = ({ fields, ...form }: Form): FormData =>
  ({
    ...form,
    fields: fields.map(({ choices, ...field }) =>
      typeof choices === 'function'
        ? { ...field, live: true }
        : { ...field, ...(choices ? { choices: [...choices] } : {}) },
    ),
  }) as FormData;

const withoutUndefined = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
