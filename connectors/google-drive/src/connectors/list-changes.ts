import { AppBatch, type BatchResult, type Context, type Message, schema } from '@sluice/sdk';
import { FILE_FIELDS } from './table.ts';

interface Input {
  readonly pageToken: string;
  readonly driveId?: string;
}

interface Answer {
  readonly changes: readonly unknown[];
  readonly nextPageToken?: string;
  readonly newStartPageToken?: string;
}

/** The last item says where the next time goes on, so that a process can keep it. */
export class ListChanges extends AppBatch {
  readonly name = `${this.application.key}-list-changes`;
  override readonly description =
    'What changed since a token, one message each; the last has newStartPageToken alone, for the next time';
  override readonly input = schema.object(
    {
      pageToken: schema.text('From get-start-page-token, from a webhook, or from the last item of the time before', {
        minLength: 1,
      }),
      driveId: schema.text('Only in this shared drive'),
    },
    ['pageToken'],
  );
  override readonly output = schema.object({
    fileId: schema.text(),
    removed: schema.flag(),
    time: schema.text(),
    file: schema.map(),
    newStartPageToken: schema.text(),
  });

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { pageToken, driveId } = message.json<Input>();
    const query = {
      pageToken: cursor ?? pageToken,
      driveId,
      pageSize: 100,
      fields: `nextPageToken,newStartPageToken,changes(changeType,fileId,removed,time,file(${FILE_FIELDS}))`,
      supportsAllDrives: true,
      includeItemsFromAllDrives: true,
    };
    const { changes, nextPageToken, newStartPageToken } = (
      await api.send('/drive/v3/changes', { query })
    ).json<Answer>();
    const items = newStartPageToken === undefined ? changes : [...changes, { newStartPageToken }];
    return { items, ...(nextPageToken !== undefined && { cursor: nextPageToken }) };
  }
}
