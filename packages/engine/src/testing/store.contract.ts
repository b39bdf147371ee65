// The promises of MessageStore, ReadModel, the small stores and DataStore, one verb a file. Every adapter runs all of it.

import { acceptContract } from './store/accept.contract.ts';
import { auditStoreContract } from './store/audit-store.contract.ts';
import { cancelContract } from './store/cancel.contract.ts';
import { chainContract } from './store/chain.contract.ts';
import { claimContract } from './store/claim.contract.ts';
import { commitContract } from './store/commit.contract.ts';
import { dataStoreContract } from './store/data-store.contract.ts';
import { forgetContract } from './store/forget.contract.ts';
import { ledgerContract } from './store/ledger.contract.ts';
import type { StoresUnderTest } from './store/opened.ts';
import { orderContract } from './store/order.contract.ts';
import { partsContract } from './store/parts.contract.ts';
import { readingContract } from './store/reading.contract.ts';
import { smallStoresContract } from './store/small-stores.contract.ts';
import { spawningContract } from './store/spawning.contract.ts';
import { timersContract } from './store/timers.contract.ts';
import { trashContract } from './store/trash.contract.ts';
import { waitingContract } from './store/waiting.contract.ts';

const SUITES = [
  acceptContract,
  claimContract,
  commitContract,
  chainContract,
  orderContract,
  waitingContract,
  trashContract,
  cancelContract,
  ledgerContract,
  forgetContract,
  spawningContract,
  partsContract,
  timersContract,
  readingContract,
  smallStoresContract,
  dataStoreContract,
  auditStoreContract,
];

export function storeContract(sut: StoresUnderTest): void {
  for (const suite of SUITES) suite(sut);
}
