import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { doneOutput, repositoryField } from './records.ts';

export class RunWorkflow extends AppConnector {
  readonly name = `${this.application.key}-run-workflow`;
  override readonly description = 'Start a workflow that may be started by hand (workflow_dispatch)';
  override readonly input = schema.object(
    {
      repository: repositoryField,
      workflow: schema.text('File name of the workflow, such as deploy.yml, or its id', { minLength: 1 }),
      ref: schema.text('Branch or tag', { minLength: 1 }),
      inputs: schema.map('Inputs of the workflow'),
    },
    ['workflow', 'ref'],
  );
  override readonly output = doneOutput('started');

  async process(message: Message, context: Context) {
    const { repository, workflow, ...given } = message.json<{ repository?: string; workflow: string }>();
    const at = (await repositoryPath(repository, context)) + path`/actions/workflows/${workflow}/dispatches`;
    await context.api.send(at, { json: pick(given, ['ref', 'inputs']) });
    return { workflow, started: true };
  }
}
