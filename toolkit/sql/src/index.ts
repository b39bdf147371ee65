// Door of the SQL steps: what a package of one database needs beside its driver.

export { SqlApplication, type SqlClient, type SqlResult, type Statement, type StatementOptions } from './client.ts';
export { cellOf, type Dialect, exactly } from './dialect.ts';
export { faultOf, type SqlFault } from './faults/faults.ts';
export { sqlSteps } from './steps/index.ts';
