// Door of the test kit: the behaviour suite every store must pass.

export { type Opened, type StoresUnderTest, storeContract, totals, withStores } from './testing/store.contract.ts';
