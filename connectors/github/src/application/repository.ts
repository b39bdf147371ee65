// Which repository a message is about: the one it names, else the one of the install.

import { type ApplicationContext, Fail, path } from '@sluice/sdk';

/**
 * Path of a repository, such as `/repos/octo-org/octo-repo`.
 * @param named  `owner/name`
 * @throws Fail `step.input_invalid` when neither names one
 */
export async function repositoryPath(named: unknown, context: ApplicationContext): Promise<string> {
  const found = named || (await context.install()).value('settings', 'repository');
  const [owner, name, ...more] = String(found ?? '').split('/');
  if (!owner || !name || more.length > 0)
    throw new Fail(
      'No repository is named: give "repository" as owner/name, or choose one in the settings of the install.',
      {
        code: 'step.input_invalid',
      },
    );
  return path`/repos/${owner}/${name}`;
}
