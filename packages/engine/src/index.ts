// Door of the engine: make one, and the words its callers use.

export { type IsolatedOptions, isolatedExpressions } from './adapters/expressions/isolated.ts';
export { systemClock, systemIds } from './adapters/system/system.ts';
export type { Lineage, Parent, Relation } from './core/acceptance.ts';
export type { Refusal } from './core/data.ts';
export { isBalanced, type Ledger, type LedgerEntry } from './core/ledger.ts';
export { applicationKey } from './core/limit.ts';
export type { Hold, Message, MessageState, Payload } from './core/message.ts';
export type { Answer, ProcessStatus } from './core/step.ts';
export type { AuditEntry, AuditFilter, AuditRow, AuditStore } from './ports/audit-store.ts';
export type {
  Acquired,
  Condition,
  DataEntry,
  DataItem,
  DataPage,
  DataStore,
  Deleted,
  Expiry,
  Refused,
  Written,
} from './ports/data-store.ts';
export type { Expressions } from './ports/expressions.ts';
export type { Forms } from './ports/forms.ts';
export type {
  AttemptRecord,
  Discrepancy,
  EndedCount,
  EngineEvent,
  Page,
  Paged,
  ProcessContent,
  ProcessFilter,
  ProcessRecord,
  ReadModel,
  Statistics,
  StatisticsRange,
  StepRecord,
  WaitingFilter,
  WaitingGroup,
} from './ports/read-model.ts';
export type { RecordChange, RecordStore } from './ports/record-store.ts';
export type { BackupMade, Stores } from './ports/stores.ts';
export { type Clock, CRASH_POINTS, type Crash, type CrashPoint, type Ids, type Log } from './ports/system.ts';
export type { WorkerCaller } from './ports/worker-caller.ts';
export type { Breakpoint } from './runtime/breakpoints.ts';
export type { Entry, VersionRecord, VersionState } from './runtime/deployer.ts';
export { Engine, type EngineOptions } from './runtime/engine.ts';
export type { BulkResult, Edit } from './runtime/interventions.ts';
export type { AcquireOptions, Limiter, LimitFill } from './runtime/limiter.ts';
export type { Destination, Foreseen, Retarget } from './runtime/retargeting.ts';
export type { Schedule } from './runtime/scheduler.ts';
export type { Start, Started } from './runtime/starter.ts';
export type { Awaited } from './runtime/waiters.ts';
