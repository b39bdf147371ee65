// What Dropbox says of its answers: nearly everything that its endpoints refuse has the status 409, and a path of tags says what it was:
// `path/not_found/..`.

import { faults } from '@sluice/sdk';

interface Problem {
  readonly error_summary?: string;
  readonly user_message?: { readonly text?: string };
}

/** Of the tags in a summary, the one that says what is wrong. */
const NAMES = [
  'not_found',
  'conflict',
  'insufficient_space',
  'no_write_permission',
  'restricted_content',
  'malformed_path',
  'disallowed_name',
  'not_file',
  'not_folder',
  'shared_link_already_exists',
  'email_not_verified',
  'unsupported_file',
  'expired_access_token',
  'missing_scope',
  'reset',
];

export const readAnswer = faults<Problem>('dropbox', {
  says: ({ error_summary: summary, user_message: words }) => [summary?.replace(/\/?\.*$/, ''), words?.text],
  name: ({ error_summary: summary = '' }, status) => {
    const tags = summary.split('/');
    return NAMES.find((name) => tags.includes(name)) ?? (status === 409 ? 'refused' : undefined);
  },
});
