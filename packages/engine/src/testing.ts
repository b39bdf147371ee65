// Door of the test kit: the behaviour suite every store must pass, what it fills stores with, and damage to see whether it is noticed.

export { loseMessage, renameBlob } from './testing/damage.ts';
export { acceptance, message } from './testing/samples.ts';
export { type Opened, type StoresUnderTest, totals, withStores } from './testing/store/opened.ts';
export { storeContract } from './testing/store.contract.ts';
