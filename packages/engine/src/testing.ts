// Door of the test kit: the behaviour suite every store must pass.

export { type Opened, type StoresUnderTest, totals, withStores } from './testing/store/opened.ts';
export { storeContract } from './testing/store.contract.ts';
