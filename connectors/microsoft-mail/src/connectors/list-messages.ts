import { type Context, type Message, path, schema } from '@sluice/sdk';
import { folderOf } from '../application/webhooks.ts';
import { asTextField, fieldNames, folderField, preferText, someMessageOutput } from './records.ts';
import { MailBatch } from './step.ts';

const PER_PAGE = 50;

interface Input {
  readonly folder?: string;
  readonly filter?: string;
  readonly search?: string;
  readonly orderBy?: string;
  readonly fields?: readonly string[];
  readonly asText?: boolean;
}

export class ListMessages extends MailBatch {
  readonly name = `${this.application.key}-list-messages`;
  override readonly description = 'Messages of a folder, the newest first, one message each';
  override readonly input = schema.object({
    folder: {
      ...folderField,
      description: `${folderField.description}; default: the one of the settings, else the inbox`,
    },
    filter: schema.text('OData filter, such as isRead eq false; what the order is by must come first in it'),
    search: schema.text('Words to look for, as in the search box; not together with filter or orderBy'),
    orderBy: schema.text('OData order; default: receivedDateTime desc, with filter or search as Graph has it'),
    fields: fieldNames,
    asText: asTextField,
  });
  override readonly output = someMessageOutput;

  async process(message: Message, context: Context) {
    const { folder, filter, search, orderBy, fields, asText } = message.json<Input>();
    const at = path`/mailFolders/${await folderOf(folder, context)}/messages`;
    const query = {
      $top: PER_PAGE,
      $select: fields && ['id', ...fields.filter((name) => name !== 'id')].join(','),
      $filter: filter,
      $search: search && `"${search.replace(/["\\]/g, '\\$&')}"`,
      $orderby: orderBy ?? (filter || search ? undefined : 'receivedDateTime desc'),
    };
    return this.page(at, query, context, preferText(asText));
  }
}
