// Every connector package and the whole toolkit, as one offer: whatever this package depends on is loaded by its name.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Offer, offerOf } from '@sluice/sdk';

const OFFERS = /^@sluice\/(connector|toolkit)-/;

/** Names of the packages, in order. */
export function packageNames(): readonly string[] {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies).filter((name) => OFFERS.test(name));
}

export const allConnectors = (): Promise<Required<Offer>> =>
  offerOf(packageNames(), fileURLToPath(new URL('..', import.meta.url)));
