// Door of the test kit: the behaviour suite every store must pass, and damage to see whether it is noticed.

export { loseMessage, renameBlob } from './testing/damage.ts';
export { type Opened, type StoresUnderTest, totals, withStores } from './testing/store/opened.ts';
export { storeContract } from './testing/store.contract.ts';
