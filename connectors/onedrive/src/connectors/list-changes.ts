import { AppBatch, type BatchResult, type Context, type Message, schema } from '@sluice/sdk';

interface Answer {
  readonly value: readonly unknown[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

/** The last item says where the next time goes on, so that a process can keep it. */
export class ListChanges extends AppBatch {
  readonly name = `${this.application.key}-list-changes`;
  override readonly description =
    'What is in the drive, or changed since a token, one message each; the last has deltaToken alone, for the next time';
  override readonly input = schema.object({
    deltaToken: schema.text(
      'From the last item of the time before; latest: nothing but a token; default: all that is there',
    ),
  });
  override readonly output = schema.object({ id: schema.text(), name: schema.text(), deltaToken: schema.text() });

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { deltaToken } = message.json<{ deltaToken?: string }>();
    const token = cursor ?? deltaToken;
    const answer = (await api.send('/root/delta', { query: { token } })).json<Answer>();
    const next = tokenIn(answer['@odata.nextLink']);
    const last = tokenIn(answer['@odata.deltaLink']);
    const items = next === undefined && last !== undefined ? [...answer.value, { deltaToken: last }] : answer.value;
    return { items, ...(next !== undefined && { cursor: next }) };
  }
}

/** Of an address only the token: the address itself stays ours. */
function tokenIn(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { searchParams, pathname } = new URL(link);
  const inPath = /delta\(token='?([^')]+)'?\)/.exec(decodeURIComponent(pathname))?.[1];
  return searchParams.get('token') ?? inPath;
}
