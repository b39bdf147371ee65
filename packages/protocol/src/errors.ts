// Door for those who need the errors only: threads and tools that shall not load the schemas.

export { FAULTS, type FaultCode, type FaultDetails, type Problem, SluiceError } from './errors/faults.ts';
export type { PlacedProblem } from './errors/gateway-faults.ts';
