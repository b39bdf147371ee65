// `sluice wsdl serve`: a worker that offers what a WSDL says, without a package and without code.

import { join } from '@sluice/sdk';
import { describedSoap } from '@sluice/soap';
import { checkedFlags, type DescriptionFlags } from '../descriptions/options.ts';
import { serveUntilStopped } from '../descriptions/serve.ts';
import { readWsdl } from '../descriptions/wsdl.ts';

export async function serveWsdl(file: string, flags: DescriptionFlags): Promise<void> {
  const { wsdl, service } = readWsdl(file, checkedFlags(flags));
  const described = describedSoap(service, wsdl);
  const application = described.application();
  const steps = described.steps(application);
  await serveUntilStopped(`"${application.name}" as application "${application.key}"`, steps.length, () =>
    join({ applications: [application], steps }),
  );
}
