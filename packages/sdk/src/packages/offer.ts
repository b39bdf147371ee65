// Connector packages by name, as the offer of one worker. A package is whatever exports `applications` and `steps`.

import { Application } from '../application/application.ts';
import type { Offer } from '../step/catalogue.ts';
import { type AnyStep, Batch, Connector, CustomNode } from '../step/step.ts';
import { findPackage } from './find.ts';

/**
 * `join(await offerOf(['@acme/sluice-erp']))`
 * @param from  folder in which they are installed; default: where the process was started
 * @throws Error with everything that is wrong with any of them
 */
export async function offerOf(names: readonly string[], from: string = process.cwd()): Promise<Required<Offer>> {
  const problems: string[] = [];
  const loaded = await Promise.all(
    names.map((name) => load(name, from).catch((cause: Error) => void problems.push(cause.message))),
  );
  if (problems.length > 0) throw new Error(`The worker cannot offer its packages: ${problems.join('; ')}.`);
  const offers = loaded.filter((one) => one !== undefined);
  return {
    applications: offers.flatMap(({ applications }) => applications),
    steps: offers.flatMap(({ steps }) => steps),
  };
}

async function load(name: string, from: string): Promise<Required<Offer>> {
  const { entry, version, sdk } = findPackage(name, from);
  const door = (await import(entry).catch((cause: Error) => {
    throw new Error(`"${name}" ${version} cannot be loaded: ${cause.message}`, { cause });
  })) as { readonly applications?: unknown; readonly steps?: unknown };
  const { applications = [], steps = [] } = door;
  if (!Array.isArray(applications) || !Array.isArray(steps) || applications.length + steps.length === 0)
    throw new Error(`"${name}" ${version} is no connector package: it exports no lists "applications" and "steps"`);
  // Errors and requests of another copy would not be known as such here.
  if (!applications.every((one) => one instanceof Application) || !steps.every(isStep))
    throw new Error(
      `"${name}" ${version} brings other things than applications and steps of this SDK. ` +
        `It has to have @sluice/sdk in its peerDependencies, so that there is one copy (it says ${sdk ?? 'nothing'})`,
    );
  for (const application of applications)
    application.package = { name, version, ...(sdk === undefined ? {} : { sdk }) };
  return { applications, steps };
}

const isStep = (step: unknown): step is AnyStep =>
  step instanceof Connector || step instanceof Batch || step instanceof CustomNode;
