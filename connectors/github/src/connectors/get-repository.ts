import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type Repository, repositoryField, repositoryOutput } from './records.ts';

export class GetRepository extends AppConnector {
  readonly name = `${this.application.key}-get-repository`;
  override readonly description = 'One repository';
  override readonly input = schema.object({ repository: repositoryField });
  override readonly output = repositoryOutput;

  async process(message: Message, context: Context): Promise<Repository> {
    const { repository } = message.json<{ repository?: string }>();
    return (await context.api.send(await repositoryPath(repository, context))).json();
  }
}
