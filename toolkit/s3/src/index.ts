// Objects of S3, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { S3 } from './application/s3.ts';
import { CopyObject } from './steps/copy-object.ts';
import { DeleteObject } from './steps/delete-object.ts';
import { GetObject } from './steps/get-object.ts';
import { ListObjects } from './steps/list-objects.ts';
import { PutObject } from './steps/put-object.ts';

export { S3 } from './application/s3.ts';

const application = new S3();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = [
  new ListObjects(application),
  new GetObject(application),
  new PutObject(application),
  new CopyObject(application),
  new DeleteObject(application),
];
