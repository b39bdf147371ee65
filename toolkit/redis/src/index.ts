// Redis, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Redis } from './application.ts';
import { ListItems, PushItems } from './steps/lists.ts';
import { AddEntry, ReadEntries } from './steps/streams.ts';
import { DeleteValue, GetValue, IncrementValue, SetValue } from './steps/values.ts';

export { Redis } from './application.ts';

const application = new Redis();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = [
  new GetValue(application),
  new SetValue(application),
  new DeleteValue(application),
  new IncrementValue(application),
  new PushItems(application),
  new ListItems(application),
  new AddEntry(application),
  new ReadEntries(application),
];
