// Notion, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Notion, NotionToken } from './application/notion.ts';
import { common, table } from './connectors/table.ts';

export { Notion, NotionToken } from './application/notion.ts';

export const applications: readonly Application[] = [new Notion(), new NotionToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
