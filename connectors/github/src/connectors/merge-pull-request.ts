import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { mergeOutput, pullNumber, repositoryField } from './records.ts';

export class MergePullRequest extends AppConnector {
  readonly name = `${this.application.key}-merge-pull-request`;
  override readonly description = 'Merge a pull request';
  override readonly input = schema.object(
    {
      repository: repositoryField,
      number: pullNumber,
      merge_method: schema.choice(['merge', 'squash', 'rebase'], 'Default: merge'),
      sha: schema.text('Merge only while this is the last commit'),
      commit_title: schema.text('Title of the merge commit'),
      commit_message: schema.text('Text of the merge commit'),
    },
    ['number'],
  );
  override readonly output = mergeOutput;

  async process(message: Message, context: Context): Promise<{ sha: string; merged: boolean; message: string }> {
    const { repository, number, ...given } = message.json<{ repository?: string; number: number }>();
    const json = pick(given, ['merge_method', 'sha', 'commit_title', 'commit_message']);
    const pull = (await repositoryPath(repository, context)) + path`/pulls/${number}`;
    return (await context.api.send(`${pull}/merge`, { method: 'PUT', json })).json();
  }
}
