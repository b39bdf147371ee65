// `sluice openapi serve`: a worker that offers what a description says, without a package and without code.

import { DescribedApplication, describedService, join } from '@sluice/sdk';
import { checkedFlags, type DescriptionFlags } from '../descriptions/options.ts';
import { readService } from '../descriptions/read.ts';
import { serveUntilStopped } from '../descriptions/serve.ts';

export async function serveOpenapi(file: string, flags: DescriptionFlags): Promise<void> {
  const { service } = readService(file, checkedFlags(flags));
  const application = new DescribedApplication(service);
  const steps = describedService(service).steps(application);
  await serveUntilStopped(`"${service.name}" as application "${application.key}"`, steps.length, () =>
    join({ applications: [application], steps }),
  );
}
