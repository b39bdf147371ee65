// One request, whatever it is. Failures and repeats are those of its status; the key of the message goes along as
// `idempotency-key`.

import {
  Connector,
  type Content,
  type Context,
  contentFields,
  contentOutput,
  decodeContent,
  encodeContent,
  type Message,
  type RequestOptions,
  type StatusVerdict,
  schema,
} from '@sluice/sdk';
import type { Rest } from './application.ts';
import { type Place, pathOf, placeFields } from './path.ts';

interface Input extends Place, Partial<Content> {
  readonly method?: NonNullable<RequestOptions['method']>;
  readonly contentType?: string;
  readonly form?: Readonly<Record<string, string | number | boolean>>;
  readonly rules?: Readonly<Record<string, StatusVerdict>>;
}

const TYPES = {
  json: 'application/json',
  text: 'text/plain; charset=utf-8',
  base64: 'application/octet-stream',
} as const;

export class SendRequest extends Connector {
  override readonly application: Rest;
  readonly name: string;
  override readonly description = 'Send a request to the service';
  override readonly input = schema.object(
    {
      method: schema.choice(
        ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
        'Default: GET, with a content POST',
      ),
      ...placeFields,
      ...contentFields,
      form: schema.map('A form instead of a content', {
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      }),
      contentType: schema.text('Media type; default: as the content is', { maxLength: 255, pattern: '^[^\\r\\n]*$' }),
      rules: schema.map('What a status means: {"404": "ok", "5xx": "fail"}', {
        propertyNames: { pattern: '^([1-5]xx|\\d{3}(-\\d{3})?)$' },
        additionalProperties: { enum: ['ok', 'fail', 'redeliver', 'limit', 'stop'] },
      }),
    },
    ['path'],
  );
  override readonly output = schema.record({ status: schema.integer(), headers: schema.map(), ...contentOutput });

  constructor(application: Rest) {
    super();
    this.application = application;
    this.name = `${application.key}-send-request`;
  }

  async process(message: Message, { api }: Context) {
    const input = message.json<Input>();
    const { method, query, headers, rules } = input;
    const answer = await api.send(pathOf(input), {
      ...(method && { method }),
      ...(query && { query }),
      ...(rules && { rules }),
      ...bodyOf(input, headers),
    });
    const { status, bytes } = answer;
    return { status, headers: answer.headers, ...decodeContent(bytes, String(answer.headers['content-type'] ?? '')) };
  }
}

function bodyOf(
  input: Input,
  headers: Readonly<Record<string, string>> = {},
): Pick<RequestOptions, 'body' | 'headers'> {
  const { form, content, encoding = typeof content === 'string' ? 'text' : 'json', contentType } = input;
  if (form !== undefined) {
    const body = new URLSearchParams(
      Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    return { body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } };
  }
  if (content === undefined) return { headers };
  return {
    body: encodeContent({ content, encoding }),
    headers: { 'content-type': contentType ?? TYPES[encoding], ...headers },
  };
}
