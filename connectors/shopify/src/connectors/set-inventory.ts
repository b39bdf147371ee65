import { AppConnector, type Context, Fail, type Message, schema } from '@sluice/sdk';
import { type InventoryLevel, id, inventoryOutput } from './records.ts';

interface Input {
  readonly inventory_item: number;
  readonly location?: number;
  readonly available: number;
}

export class SetInventory extends AppConnector {
  readonly name = `${this.application.key}-set-inventory`;
  override readonly description = 'Set how many of an article there are at a location';
  override readonly input = schema.object(
    {
      inventory_item: id('"inventory_item_id" of a variant'),
      location: id('Id of the location; default: the one of the settings'),
      available: schema.integer('How many there are'),
    },
    ['inventory_item', 'available'],
  );
  override readonly output = inventoryOutput;

  async process(message: Message, context: Context): Promise<InventoryLevel> {
    const { inventory_item: item, location, available } = message.json<Input>();
    const at = location ?? Number((await context.install()).value('settings', 'location') ?? Number.NaN);
    if (!Number.isSafeInteger(at))
      throw new Fail('No location is named: give "location", or choose one in the settings of the install.', {
        code: 'step.input_invalid',
      });
    const json = { location_id: at, inventory_item_id: item, available };
    const answer = await context.api.send('/inventory_levels/set.json', { json });
    return answer.json<{ inventory_level: InventoryLevel }>().inventory_level;
  }
}
