// Which limits hold for a call of an action: those that its application declares, and what its service says about
// itself while it is called. The same keys for a message of a queue, a synchronous call and a tool, so all of them count together.

import { applicationKey } from '@sluice/engine';
import type { ApplicationManifest, CallTarget, Manifest } from '@sluice/protocol';

const NO_KEYS: readonly string[] = [];

/** Keys of an application, with the user left open. */
interface Limits {
  readonly forAll: readonly string[];
  /** Begin of keys that end in the user. */
  readonly forUser: readonly string[];
}

/** What was made of a manifest; a worker that says something else brings another one. */
const known = new WeakMap<Manifest, ReadonlyMap<string, Limits>>();

/** @returns those of the user first; `[]` when the action belongs to no application */
export function limitKeys(
  manifest: Manifest | undefined,
  { kind, action }: Pick<CallTarget, 'kind' | 'action'>,
  user: string,
): readonly string[] {
  if (!manifest) return NO_KEYS;
  let actions = known.get(manifest);
  if (!actions) {
    actions = limitsOf(manifest);
    known.set(manifest, actions);
  }
  const limits = actions.get(`${kind}/${action}`);
  return limits ? keysOf(limits, user) : NO_KEYS;
}

/** The same for whoever works with an application and is no action of it. */
export function applicationLimitKeys(application: ApplicationManifest, user: string): readonly string[] {
  return keysOf(limitsOfApplication(application), user);
}

function keysOf({ forUser, forAll }: Limits, user: string): readonly string[] {
  return forUser.length === 0 ? forAll : [...forUser.map((begin) => begin + user), ...forAll];
}

function limitsOf({ actions, applications }: Manifest): Map<string, Limits> {
  const byKey = new Map(applications.map((application) => [application.key, limitsOfApplication(application)]));
  const limits = new Map<string, Limits>();
  for (const { kind, name, application } of actions) {
    const found = application === undefined ? undefined : byKey.get(application);
    if (found) limits.set(`${kind}/${name}`, found);
  }
  return limits;
}

/** One that declares nothing still has a key: its service may say that it is full. */
function limitsOfApplication({ key, limits }: ApplicationManifest): Limits {
  const forUser = limits.filter(({ per }) => per === 'user').map((limit) => applicationKey(key, '', limit));
  const forAll = limits.filter(({ per }) => per === 'application').map((limit) => applicationKey(key, null, limit));
  return { forUser: limits.length === 0 ? [applicationKey(key, '')] : forUser, forAll };
}
