// Telegram Bot, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { TelegramBot } from './application/telegram-bot.ts';
import { common, table } from './connectors/table.ts';

export { TelegramBot } from './application/telegram-bot.ts';

export const applications: readonly Application[] = [new TelegramBot()];

/** All connectors. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
