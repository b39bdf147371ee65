// Adobe Commerce and Magento 2, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Magento } from './application/magento.ts';
import { ListRecords } from './connectors/list-records.ts';
import { orderActs } from './connectors/order-acts.ts';
import { LISTS, table } from './connectors/table.ts';

export { Magento } from './application/magento.ts';

export const applications: readonly Application[] = [new Magento()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  ...LISTS.map((kind) => new ListRecords(application, kind)),
  ...orderActs(application),
  ...stepsOf(application, table),
]);
