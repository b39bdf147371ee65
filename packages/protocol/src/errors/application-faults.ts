// Failures around applications: installs, forms, authorisation, webhooks, synchronous calls.

import { fault } from './fault.ts';

export const APPLICATION_FAULTS = {
  'application.unknown': fault<{ application: string; known: readonly string[] }>(
    404,
    (d) => `No worker offers an application "${d.application}". There are: ${d.known.join(', ') || 'none'}.`,
    'Register or start the worker that has it; GET /api/v1/applications lists what there is.',
  ),
  'application.away': fault<{ application: string; worker: string }>(
    503,
    (d) => `The worker "${d.worker}" that has the code of "${d.application}" is away. Nothing was changed.`,
    'Start the worker, then try again.',
  ),
  'application.failed': fault<{ application: string; operation: string; code: string; reason: string }>(
    422,
    (d) => `"${d.application}" could not do "${d.operation}": ${d.reason}`,
    'The reason is what the application or its service said. Mend it, then try again.',
  ),
  'application.broken_answer': fault<{ application: string; worker: string; problem: string }>(
    502,
    (d) => `The worker "${d.worker}" answered for "${d.application}" what nobody can read: ${d.problem}.`,
    'Update the SDK of the worker.',
  ),
  'application.no_such_part': fault<{ application: string; part: string; name: string; known: readonly string[] }>(
    404,
    (d) => `"${d.application}" has no ${d.part} "${d.name}". It has: ${d.known.join(', ') || 'none'}.`,
    'GET /api/v1/applications/{key} shows all parts of an application.',
  ),
  'install.unknown': fault<{ application: string; user: string }>(
    404,
    (d) => `User "${d.user}" has not installed "${d.application}".`,
    'Install it: PUT /api/v1/applications/{key}/installs/{user}, or on its page in the Admin.',
  ),
  'install.disabled': fault<{ application: string; user: string }>(
    409,
    (d) => `"${d.application}" is disabled for user "${d.user}", so nothing is sent in its name.`,
    'Enable the install, then replay what failed.',
  ),
  'install.form_invalid': fault<{ application: string; fields: Readonly<Record<string, string>> }>(
    422,
    (d) =>
      `The settings of "${d.application}" were not saved: ${Object.entries(d.fields)
        .map(([field, message]) => `${field}: ${message}`)
        .join(' ')}`,
    'Correct the fields named in "fields" and save again. What was stored before is unchanged.',
  ),
  'install.not_authorised': fault<{ application: string; user: string; reason: string }>(
    409,
    (d) => `User "${d.user}" has to authorise "${d.application}": ${d.reason}`,
    'Authorise it on the page of the application, or by POST /api/v1/applications/{key}/installs/{user}/authorize; then replay what failed.',
  ),
  'install.not_yours': fault<{ application: string; worker: string }>(
    403,
    (d) => `The worker "${d.worker}" does not offer "${d.application}", so it may not see its installs.`,
    'Offer the application in this worker, or ask from the worker that does.',
  ),
  'install.revision_conflict': fault<{ application: string; user: string }>(
    409,
    (d) =>
      `The install of "${d.application}" of user "${d.user}" was changed by somebody else meanwhile. Nothing was stored.`,
    'Read it again, then repeat the change.',
  ),
  'authorisation.not_offered': fault<{ application: string; why: string }>(
    409,
    (d) => `There is nothing to authorise for "${d.application}": ${d.why}`,
    'GET /api/v1/applications/{key} shows how an application proves who it is.',
  ),
  'authorisation.incomplete': fault<{ application: string; user: string; reason: string }>(
    422,
    (d) => `"${d.application}" of user "${d.user}" cannot be authorised yet: ${d.reason}`,
    'Fill in the form, save it, then authorise.',
  ),
  'authorisation.refused': fault<{ application: string; user: string; reason: string }>(
    422,
    (d) => `The provider of "${d.application}" refuses user "${d.user}": ${d.reason}`,
    'The reason is what the provider said. Mend the settings or ask the provider, then authorise again.',
  ),
  'authorisation.unavailable': fault<{ application: string; user: string; reason: string }>(
    503,
    (d) => `There is no token of "${d.application}" for user "${d.user}" at this moment: ${d.reason}`,
    'Nothing is lost: it is tried again with the next message. Look at the provider if it lasts.',
  ),
  'authorisation.bad_return': fault<{ returnTo: string }>(
    422,
    (d) => `"${d.returnTo}" is no path of this platform, so nobody is sent there.`,
    'Give a path such as /admin/applications/hubspot, without a host.',
  ),
  'authorisation.state_unknown': fault(
    400,
    () =>
      'This answer of a provider belongs to nothing that was begun here: it is too old, was used before, or is forged.',
    'Go back to the application and authorise again. Nothing was changed.',
  ),
  'vault.wrong_key': fault<{ keyId: string }>(
    500,
    (d) => `A secret was sealed under the key "${d.keyId}", which this platform does not have. It is still stored.`,
    'Give the former master key in SLUICE_SECRET_KEYS_OLD, then run `sluice secrets rotate`.',
  ),
} as const;
