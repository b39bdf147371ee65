import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { type CrmRecord, properties, recordOutput } from './records.ts';

type Values = Readonly<Record<string, unknown>>;

export class CreateDeal extends AppConnector {
  readonly name = `${this.application.key}-create-deal`;
  override readonly description = 'Make a deal, in the pipeline of the settings when it names none';
  override readonly input = schema.object({ properties }, ['properties']);
  override readonly output = recordOutput;

  async process(message: Message, context: Context): Promise<CrmRecord> {
    const { properties: given } = message.json<{ properties: Values }>();
    const pipeline = (await context.install()).value<string>('settings', 'pipeline');
    const json = { properties: { ...(pipeline ? { pipeline } : {}), ...given } };
    return (await context.api.send('/crm/v3/objects/deals', { json })).json();
  }
}
