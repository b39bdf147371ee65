// Door of the suite that every database has to pass, in front of the real one.

export { type SqlContract, sqlContract } from './testing/sql.contract.ts';
