// Box, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Box } from './application/box.ts';
import { GetDownloadAddress, UploadFile, UploadVersion } from './connectors/contents.ts';
import { common, table } from './connectors/table.ts';

export { Box } from './application/box.ts';

export const applications: readonly Application[] = [new Box()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  ...stepsOf(application, table, common),
  new UploadFile(application),
  new UploadVersion(application),
  new GetDownloadAddress(application),
]);
