import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type Association, associationOutput, id } from './records.ts';

const kind = (description: string) => schema.choice(['contacts', 'companies', 'deals', 'tickets'], description);

interface Input {
  readonly from_kind: string;
  readonly from: string;
  readonly to_kind: string;
  readonly to: string;
}

export class AssociateRecords extends AppConnector {
  readonly name = `${this.application.key}-associate-records`;
  override readonly description = 'Say that two records belong together, without a label; a repeat does no harm';
  override readonly input = schema.object(
    {
      from_kind: kind('Kind of the one record'),
      from: id('Id of the one record'),
      to_kind: kind('Kind of the other record'),
      to: id('Id of the other record'),
    },
    ['from_kind', 'from', 'to_kind', 'to'],
  );
  override readonly output = associationOutput;

  async process(message: Message, { api }: Context): Promise<Association> {
    const { from_kind: kind, from, to_kind: otherKind, to } = message.json<Input>();
    const at = path`/crm/v4/objects/${kind}/${from}/associations/default/${otherKind}/${to}`;
    return (await api.send(at, { method: 'PUT' })).json<{ results: [Association] }>().results[0];
  }
}
