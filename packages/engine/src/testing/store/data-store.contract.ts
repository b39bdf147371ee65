// The promises of DataStore: entries, collections, leases, and all of them together against a model.

import { dataCollectionsContract } from './data-collections.contract.ts';
import { dataEntriesContract } from './data-entries.contract.ts';
import { dataLeasesContract } from './data-leases.contract.ts';
import { dataModelContract } from './data-model.contract.ts';
import type { StoresUnderTest } from './opened.ts';

export function dataStoreContract(sut: StoresUnderTest): void {
  for (const suite of [dataEntriesContract, dataCollectionsContract, dataLeasesContract, dataModelContract]) suite(sut);
}
