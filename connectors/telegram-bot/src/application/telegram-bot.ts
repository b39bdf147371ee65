// A bot of Telegram. Its token is part of the address: Telegram knows no other place for it. In logs and reasons it is masked.

import {
  Application,
  type ApplicationContext,
  type Auth,
  credential,
  credentialsForm,
  faults,
  field,
  form,
  type HttpRequest,
  type HttpResponse,
  type Install,
  type Reading,
} from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Messages, media, polls, chats and members for a bot of Telegram, and a webhook for what it is told.

Talk to @BotFather in Telegram: \`/newbot\` makes a bot and says its token. In groups the bot sees what is meant for it, unless it is an administrator or its privacy is off.`;

class BotAuth implements Auth {
  readonly form = credentialsForm([field.password('token', 'Token', { required: true, placeholder: '123456:AAH…' })]);

  sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    const url = new URL(request.url);
    url.pathname = `/bot${credential(install, 'token').trim()}${url.pathname}`;
    return { ...request, url: url.href };
  }
}

interface Problem {
  readonly ok?: boolean;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

const byStatus = faults<Problem>('telegram-bot', {
  says: ({ description: says, parameters }) => [
    says,
    parameters?.migrate_to_chat_id !== undefined && `the group has a new id: ${parameters.migrate_to_chat_id}`,
  ],
  pauseMs: 5_000,
});

export class TelegramBot extends Application {
  readonly key = 'telegram-bot';
  readonly name = 'Telegram Bot';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://core.telegram.org/bots';
  override readonly categories = ['communication'] as const;
  readonly baseUrl = 'https://api.telegram.org';
  override readonly auth = new BotAuth();
  override readonly headers = { accept: 'application/json' };
  /** To all chats together; one chat takes one a second. */
  override readonly limits = [{ amount: 30, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('chat', 'Chat', {
        placeholder: '-1001234567890',
        description: 'Id or @name; used when a message names none.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;

  /** How long to wait stands in the body. */
  override read(response: HttpResponse, now: number): Reading | undefined {
    const reading = byStatus(response, now);
    if (response.status !== 429 || response.headers['retry-after'] !== undefined) return reading;
    const seconds = waitIn(response);
    return { ...reading, ...(seconds > 0 && { untilMs: now + seconds * 1_000 }) };
  }

  override async test({ api }: ApplicationContext): Promise<string> {
    const { result } = (await api.send('/getMe')).json<{ result: { username: string } }>();
    return `Connected as @${result.username}.`;
  }
}

function waitIn(response: HttpResponse): number {
  try {
    return Number(response.json<Problem>().parameters?.retry_after ?? 0);
  } catch {
    return 0;
  }
}
