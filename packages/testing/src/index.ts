// Door of the test kit: steps and whole topologies in a test, in process. Works under any test runner.

export { type SignedDelivery, signDelivery } from '@sluice/sdk';
export type { Duration } from './flow/duration.ts';
export type { FaultKind, FaultOptions } from './flow/faults.ts';
export type { Flow, StartOptions } from './flow/flow.ts';
export type { Answered, Run } from './flow/run.ts';
export { type FlowOptions, testFlow } from './flow/test-flow.ts';
export type { Waiting } from './flow/waiting.ts';
export { checkGolden, type GoldenResult } from './golden/check.ts';
export { goldenFolders } from './golden/folder.ts';
export { type LiveWorker, liveWorker } from './live/live-worker.ts';
export { type ServiceAt, serviceAt } from './live/service-at.ts';
export type { TestInstall } from './platform/platform.ts';
export { type Remote, remote } from './remote/remote.ts';
export type { Expectation, Match, Scripted, SeenRequest } from './remote/script.ts';
export { type CrashPlan, everyCrash } from './search/every-crash.ts';
export { everyInterleaving, type Interleavings } from './search/every-interleaving.ts';
export { type StepOptions, type StepResult, testStep } from './step/test-step.ts';
export type { DeliverOptions } from './webhook/delivery.ts';
