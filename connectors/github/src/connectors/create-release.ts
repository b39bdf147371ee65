import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type Release, releaseOutput, repositoryField } from './records.ts';

export class CreateRelease extends AppConnector {
  readonly name = `${this.application.key}-create-release`;
  override readonly description = 'Publish a release; a tag that is not there is made';
  override readonly input = schema.object(
    {
      repository: repositoryField,
      tag_name: schema.text('Tag', { minLength: 1 }),
      target_commitish: schema.text('Branch or commit of a new tag; default: the default branch'),
      name: schema.text('Name of the release'),
      body: schema.text('What is new, as Markdown'),
      draft: schema.flag('Do not publish it yet'),
      prerelease: schema.flag('Not for everybody yet'),
      generate_release_notes: schema.flag('GitHub writes what is new'),
    },
    ['tag_name'],
  );
  override readonly output = releaseOutput;

  async process(message: Message, context: Context): Promise<Release> {
    const { repository, ...given } = message.json<{ repository?: string }>();
    const names = ['tag_name', 'target_commitish', 'name', 'body', 'draft', 'prerelease', 'generate_release_notes'];
    const at = `${await repositoryPath(repository, context)}/releases`;
    return (await context.api.send(at, { json: pick(given, names) })).json();
  }
}
