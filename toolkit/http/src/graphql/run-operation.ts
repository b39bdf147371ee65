import { Connector, type Context, type Message, schema } from '@sluice/sdk';
import { answerIn, evenPartial } from './answers.ts';
import type { GraphQl } from './application.ts';

export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export const operationFields = {
  query: schema.text('The query or mutation; values come as variables, never in the text', {
    minLength: 1,
    maxLength: 100_000,
  }),
  variables: schema.map('Its variables'),
  operationName: schema.text('Which one, when the text has several', { minLength: 1, maxLength: 200 }),
};

export class RunOperation extends Connector {
  override readonly application: GraphQl;
  readonly name: string;
  override readonly description = 'Run a query or a mutation';
  override readonly input = schema.object(
    {
      ...operationFields,
      partial: schema.flag('An answer of which parts are missing is no failure; its errors come along'),
    },
    ['query'],
  );
  override readonly output = schema.object({ data: {}, errors: schema.list(schema.map()) }, ['data']);

  constructor(application: GraphQl) {
    super();
    this.application = application;
    this.name = `${application.key}-run-operation`;
  }

  async process(message: Message, { api }: Context) {
    const { partial = false, query, variables, operationName } = message.json<Operation & { partial?: boolean }>();
    const response = await api.send('', {
      json: { query, variables, operationName },
      ...(partial ? { read: evenPartial } : {}),
    });
    const { data = null, errors } = answerIn(response);
    return errors === undefined ? { data } : { data, errors };
  }
}
