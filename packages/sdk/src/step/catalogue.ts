// The steps of a worker by kind and name, and what the worker says about itself.

import type { Manifest, StepKind } from '@sluice/protocol';
import type { Application } from '../application/application.ts';
import { manifestOf } from '../application/manifest.ts';
import type { AnyStep } from './step.ts';

export const SDK_VERSION = '0.1.0';

export interface Offer {
  readonly steps: readonly AnyStep[];
  readonly applications?: readonly Application[];
}

export class Catalogue {
  readonly manifest: Manifest;
  readonly #steps = new Map<string, AnyStep>();
  readonly #applications: ReadonlyMap<string, Application>;

  /** @throws Error with everything that is wrong with the names */
  constructor({ steps, applications = [] }: Offer) {
    const problems: string[] = [];
    for (const step of steps) {
      const key = `${step.kind}/${step.name}`;
      if (!step.name) problems.push(`a ${step.kind} has no name`);
      else if (this.#steps.has(key)) problems.push(`two steps of kind ${step.kind} are called "${step.name}"`);
      this.#steps.set(key, step);
    }
    if (problems.length > 0) throw new Error(`The worker cannot join: ${problems.join('; ')}.`);
    this.#applications = new Map(
      [...applications, ...steps.flatMap((step) => step.application ?? [])].map((app) => [app.key, app]),
    );
    this.manifest = {
      sdk: { name: '@sluice/sdk', version: SDK_VERSION },
      actions: steps.map((step) => ({
        name: step.name,
        kind: step.kind,
        ...(step.application ? { application: step.application.key } : {}),
        ...(step.description ? { description: step.description } : {}),
        ...(step.input ? { input: step.input } : {}),
        ...(step.output ? { output: step.output } : {}),
      })),
      applications: [...this.#applications.values()].map(manifestOf),
    };
  }

  find(kind: StepKind, name: string): AnyStep | undefined {
    return this.#steps.get(`${kind}/${name}`);
  }

  application(key: string): Application | undefined {
    return this.#applications.get(key);
  }
}
