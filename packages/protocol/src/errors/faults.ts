// One row per failure that Sluice can name. docs/reference/errors.md is generated from this table.
//
// Codes are `room.condition` and stable once released. `say` states what was expected and got and what happened to the
// data; `hint` is the next step. A missing detail is a compile error.

import { APPLICATION_FAULTS } from './application-faults.ts';
import { BACKUP_FAULTS } from './backup-faults.ts';
import { EXISTING_FAULTS } from './existing-faults.ts';
import { type Fault, fault } from './fault.ts';
import { GATEWAY_FAULTS, type PlacedProblem, places } from './gateway-faults.ts';
import { NOTIFICATION_FAULTS } from './notification-faults.ts';
import { PEOPLE_FAULTS } from './people-faults.ts';
import { SYNC_FAULTS } from './sync-faults.ts';
import { WEBHOOK_FAULTS } from './webhook-faults.ts';

export const FAULTS = {
  ...APPLICATION_FAULTS,
  ...SYNC_FAULTS,
  ...WEBHOOK_FAULTS,
  ...EXISTING_FAULTS,
  ...GATEWAY_FAULTS,
  ...PEOPLE_FAULTS,
  ...NOTIFICATION_FAULTS,
  ...BACKUP_FAULTS,
  'request.invalid': fault<{ problems: readonly string[] }>(
    400,
    (d) => `The request is not what this route expects: ${d.problems.join('; ')}. Nothing was changed.`,
    'Compare the request with the schema of the route in /api/v1/openapi.json.',
  ),
  'request.not_found': fault<{ method: string; path: string }>(
    404,
    (d) => `There is no ${d.method} ${d.path}.`,
    'The routes are listed in /api/v1/openapi.json.',
  ),
  'request.too_large': fault<{ maxBytes: number }>(
    413,
    (d) => `The body is larger than ${d.maxBytes} bytes. Nothing was stored.`,
    'Send less, or raise SLUICE_MAX_BODY_BYTES.',
  ),
  'request.unsupported_media': fault<{ got: string }>(
    415,
    (d) => `This route does not read content type "${d.got}". Nothing was changed.`,
    'Send application/json; a topology also as application/xml.',
  ),
  'request.headers_too_large': fault<{ bytes: number; maxBytes: number }>(
    431,
    (d) => `The message headers take ${d.bytes} bytes, at most ${d.maxBytes} are kept. Nothing was stored.`,
    'Move data from headers into the body.',
  ),
  'auth.missing': fault(
    401,
    () => 'This route needs a token or a session, and the request has neither.',
    'Send "Authorization: Bearer TOKEN" or "orchesty-api-key: TOKEN" (`sluice token create` makes one), or sign in.',
  ),
  'auth.unknown_token': fault(
    401,
    () => 'The token of the request is not known, was revoked, or has expired.',
    'Make a new token with `sluice token create`.',
  ),
  'auth.scope': fault<{ scope: string }>(
    403,
    (d) => `The token, or the role of the account, lacks the scope "${d.scope}" that this route needs.`,
    'Make a token with this scope with `sluice token create --scope`, or ask an administrator for a role that has it.',
  ),
  'auth.not_a_worker': fault(
    403,
    () => 'Only a worker may ask this, with the token that its registration answered.',
    'Register the worker with POST /api/v1/workers and use its token.',
  ),
  'token.unknown': fault<{ id: string }>(
    404,
    (d) => `There is no token "${d.id}".`,
    'List tokens with GET /api/v1/tokens.',
  ),
  'run.body_invalid': fault<{ why: string }>(
    400,
    (d) => `The body says it is JSON and is not: ${d.why}. Nothing was started.`,
    'Correct the body, or send it under its true content type.',
  ),
  'run.wait_invalid': fault<{ got: string }>(
    400,
    (d) => `"wait" must be a time such as 30s or 500ms, at most 300s, got "${d.got}". Nothing was started.`,
    'Leave "wait" out to get the process id at once.',
  ),
  'run.process_failed': fault<{ processId: string; reason: string }>(
    502,
    (d) => `Process ${d.processId} failed before it answered: ${d.reason} The message is in trash.`,
    'Mend the cause, then replay the message from trash.',
  ),
  'run.idempotency_conflict': fault<{ key: string; processId: string }>(
    409,
    (d) =>
      `Idempotency-Key "${d.key}" was used before with another body, for process ${d.processId}. Nothing was started.`,
    'Use a new key for a new message.',
  ),
  'run.business_key_failed': fault<{ expression: string; reason: string }>(
    422,
    (d) => `The business key ${d.expression} of the start cannot be evaluated: ${d.reason}. Nothing was started.`,
    'Correct the message, or the businessKey of the start node.',
  ),
  'topology.invalid': fault<{ name: string; problems: readonly { path: string; message: string }[] }>(
    422,
    (d) =>
      `Topology "${d.name}" cannot be published, it has ${d.problems.length} problem(s): ${d.problems
        .slice(0, 5)
        .map((p) => p.message)
        .join(' ')}`,
    'Correct all of "problems" and send the topology again.',
  ),
  'bpmn.malformed': fault<{ line: number; column: number; reason: string }>(
    400,
    (d) =>
      `The document is not well-formed XML at line ${d.line}, column ${d.column}: ${d.reason}. Nothing was stored.`,
    'Correct the document, or save it again with the tool that made it.',
  ),
  'bpmn.doctype': fault<{ line: number; column: number }>(
    400,
    (d) =>
      `The document has a document type or another declaration at line ${d.line}, which is never read, since it may define endless entities. Nothing was stored.`,
    'Remove the DOCTYPE; BPMN needs none.',
  ),
  'bpmn.too_large': fault<{ what: string }>(
    413,
    (d) => `The document is larger than a process definition may be: ${d.what}. Nothing was stored.`,
    'Split the process into topologies that call each other, and leave pictures out of the document.',
  ),
  'bpmn.encoding': fault<{ encoding: string; reason: string }>(
    400,
    (d) => `The document cannot be read in the encoding "${d.encoding}": ${d.reason}. Nothing was stored.`,
    'Save it as UTF-8.',
  ),
  'bpmn.not_bpmn': fault<{ root: string; namespace: string }>(
    400,
    (d) =>
      `The document begins with <${d.root}> in the namespace "${d.namespace}", "definitions" of BPMN 2.0 was expected. Nothing was stored.`,
    'Export the process as BPMN 2.0 XML.',
  ),
  'bpmn.no_process': fault(
    422,
    () => 'The document has no process, so there is nothing that could run. Nothing was stored.',
    'Draw a process, or refer to one from a pool.',
  ),
  'bpmn.references': fault<{ problems: readonly string[] }>(
    422,
    (d) => `The document contradicts itself: ${d.problems.join('; ')}. Nothing was stored.`,
    'Open it in a BPMN editor, repair what is named and save it again.',
  ),
  'bpmn.extension': fault<{ element: string; what: string; reason: string }>(
    422,
    (d) =>
      `Our extension of the element "${d.element}" has a ${d.what} that is not JSON: ${d.reason}. Nothing was stored.`,
    'Correct it: the text of sluice:setting and sluice:property is JSON, so texts stand in quotes.',
  ),
  'bpmn.beyond_model': fault<{ problems: readonly string[] }>(
    422,
    (d) => `The document says what a topology cannot hold: ${d.problems.join('; ')}. Nothing was stored.`,
    'Shorten or split what is named; docs/reference/topology.md has the bounds.',
  ),
  'bpmn.not_drawable': fault<{ name: string; problems: readonly string[] }>(
    409,
    (d) => `Topology "${d.name}" cannot be drawn: ${d.problems.join('; ')}. Nothing was changed.`,
    'Correct the draft, or export it as JSON.',
  ),
  'tplg.invalid': fault<{ problems: readonly string[] }>(
    400,
    (d) => `This is no file NAME.tplg.json: ${d.problems.join('; ')}. Nothing was stored.`,
    'Export the topology again, and give its name with ?name= (the file does not say it).',
  ),
  'topology.unknown': fault<{ name: string }>(
    404,
    (d) => `There is no topology "${d.name}".`,
    'List topologies with GET /api/v1/topologies.',
  ),
  'topology.version_unknown': fault<{ name: string; version: number }>(
    404,
    (d) => `Topology "${d.name}" has no version ${d.version}.`,
    'List its versions with GET /api/v1/topologies.',
  ),
  'topology.not_enabled': fault<{ name: string }>(
    404,
    (d) => `Topology "${d.name}" has no enabled version. Nothing was started.`,
    'Publish and enable a version first.',
  ),
  'topology.not_published': fault<{ name: string; version: number }>(
    409,
    (d) =>
      `Topology "${d.name}" v${d.version} is a draft: nothing runs on it, and it cannot be enabled or disabled. Nothing was changed.`,
    'Publish it first.',
  ),
  'topology.node_unknown': fault<{ topology: string; version: number; node: string }>(
    404,
    (d) => `Topology "${d.topology}" v${d.version} has no node "${d.node}". Nothing was started.`,
    'Correct the name, or enable the version that has the node.',
  ),
  'topology.not_a_start': fault<{ topology: string; node: string; kind: string }>(
    409,
    (d) => `Node "${d.node}" of "${d.topology}" is a ${d.kind}, not a start event. Nothing was started.`,
    'Start at a node of kind start, cron or webhook.',
  ),
  'topology.not_text': fault<{ name: string; node: string }>(
    422,
    (d) =>
      `Topology "${d.name}" has two nodes called "${d.node}" and cannot be written as text, where a name stands once.`,
    'Rename one of them, or export the topology as JSON.',
  ),
  'topology.change_misfit': fault<{ change: string }>(
    422,
    (d) => `The change (${d.change}) does not fit the topology: what it changes is not there. Nothing was changed.`,
    'Compute the changes anew, against the topology they are meant for.',
  ),
  'topology.no_breakpoint': fault<{ topology: string; node: string; kind: string }>(
    409,
    (d) => `Node "${d.node}" of "${d.topology}" is a ${d.kind}: no message arrives there that could be held.`,
    'Set the breakpoint at the next node.',
  ),
  'process.unknown': fault<{ id: string }>(
    404,
    (d) => `There is no process "${d.id}".`,
    'It may have been removed by the retention rule.',
  ),
  'process.ended': fault<{ id: string; status: string }>(
    409,
    (d) => `Process "${d.id}" is already ${d.status}. Nothing was changed.`,
    'Replay it to run it again.',
  ),
  'process.running': fault<{ id: string }>(
    409,
    (d) => `Process "${d.id}" still runs and cannot be compensated. Nothing was changed.`,
    'Wait for its end, or cancel it first.',
  ),
  'process.nothing_to_compensate': fault<{ id: string }>(
    409,
    (d) => `No completed step of process "${d.id}" has a compensation path. Nothing was started.`,
    'Draw a connection with "on": "compensation" from the steps that can be undone.',
  ),
  'message.unknown': fault<{ id: string }>(
    404,
    (d) => `There is no message "${d.id}" there.`,
    'It may have been replayed or discarded already; see the history of its process.',
  ),
  'task.answer_invalid': fault<{ id: string; node: string; problems: readonly PlacedProblem[] }>(
    422,
    (d) =>
      `The answer to task ${d.id} at node "${d.node}" is not what its form asks: ${places(d.problems)}. The task waits as it was.`,
    'Correct what "problems" names and answer again.',
  ),
  'message.body_gone': fault<{ id: string; blob: string }>(
    500,
    (d) => `The body of message ${d.id} (file ${d.blob}) cannot be read. The message is kept in trash.`,
    'Restore the file from a backup, then replay the message.',
  ),
  'worker.unknown': fault<{ name: string }>(
    404,
    (d) => `There is no worker "${d.name}".`,
    'Register it with POST /api/v1/workers.',
  ),
  'worker.name_taken': fault<{ name: string }>(
    409,
    (d) => `A worker "${d.name}" is already registered with another transport. Nothing was changed.`,
    'Remove it first with DELETE /api/v1/workers/NAME, or choose another name.',
  ),
  'worker.unreachable': fault<{ worker: string; reason: string }>(
    503,
    (d) => `Worker "${d.worker}" cannot be reached: ${d.reason} Its messages wait in their queues.`,
    'Start the worker; the queues drain by themselves.',
  ),
  'worker.unanswered': fault<{ worker: string; node: string; attempt: number; attempts: number; reason: string }>(
    504,
    (d) =>
      `Worker "${d.worker}" gave no usable answer for node "${d.node}" (attempt ${d.attempt} of ${d.attempts}): ${d.reason} The message is in trash.`,
    'Look at the worker, then replay the message.',
  ),
  'worker.answer_malformed': fault<{ worker: string; node: string; reason: string }>(
    502,
    (d) =>
      `Worker "${d.worker}" answered node "${d.node}" with something that is no outcome: ${d.reason}. The message is in trash.`,
    'Correct the worker, then replay the message.',
  ),
  'worker.refused': fault<{ worker: string; node: string; reason: string }>(
    502,
    (d) => `Worker "${d.worker}" refused node "${d.node}": ${d.reason}. The message is in trash.`,
    'Correct the worker or the message, then replay it.',
  ),
  'step.failed': fault<{ node: string; reason: string }>(
    422,
    (d) => `Node "${d.node}" failed: ${d.reason}`,
    'Correct the message or the step, then replay it from trash.',
  ),
  'step.attempts_used_up': fault<{ node: string; attempts: number; reason: string }>(
    504,
    (d) => `Node "${d.node}" used up its ${d.attempts} attempts. The last one said: ${d.reason}`,
    'Mend the cause, then replay the message; its attempts start again at 1.',
  ),
  'step.follower_unknown': fault<{ node: string; follower: string }>(
    422,
    (d) =>
      `Node "${d.node}" chose the follower "${d.follower}", which it is not connected to. The message is in trash.`,
    'Draw the connection, or correct the name.',
  ),
  'step.no_route': fault<{ node: string }>(
    422,
    (d) =>
      `No condition of router "${d.node}" is true for this message, and it has no default connection. The message is in trash.`,
    'Add a connection without a condition, or correct the message, then replay it.',
  ),
  'step.cursor_stuck': fault<{ node: string; pages: number; cursor: string }>(
    422,
    (d) =>
      `Batch "${d.node}" answered the same cursor "${d.cursor}" ${d.pages} times in a row. The message is in trash.`,
    'Correct the batch, then replay the message.',
  ),
  'call.too_deep': fault<{ node: string; topology: string; depth: number }>(
    422,
    (d) =>
      `Node "${d.node}" would start "${d.topology}" ${d.depth} processes deep, which looks like a call that never ends. The message is in trash, nothing was started.`,
    'Take the topology out of its own way, then replay the message.',
  ),
  'call.start_unclear': fault<{ topology: string; starts: readonly string[] }>(
    422,
    (d) =>
      `Topology "${d.topology}" has ${d.starts.length} nodes of kind start, and the call names none. Nothing was started.`,
    'Set startNode of the call.',
  ),
  'call.failed': fault<{ topology: string; processId: string; status: string; reason: string }>(
    502,
    (d) => `The called process ${d.processId} of "${d.topology}" ${d.status}: ${d.reason}`,
    'Mend the called process and replay its message from trash, then replay this message: it takes up the answer.',
  ),
  'call.timed_out': fault<{ topology: string; processId: string; timeoutMs: number }>(
    504,
    (d) => `The called process ${d.processId} of "${d.topology}" did not end within ${d.timeoutMs} ms; it goes on.`,
    'Replay the message: it goes on waiting for the same process.',
  ),
  'collect.late': fault<{ node: string; key: string }>(
    409,
    (d) =>
      `A part for ${d.key} came to "${d.node}" after its whole had been released. The part is in trash, the whole is unchanged.`,
    'Raise timeoutMs or count, or set late to "stop" where late parts do not matter.',
  ),
  'collect.incomplete': fault<{ node: string; key: string; parts: number; timeoutMs: number }>(
    504,
    (d) => `Only ${d.parts} part(s) for ${d.key} came to "${d.node}" within ${d.timeoutMs} ms.`,
    'Replay the parts when the missing ones can come, or set onTimeout to "release".',
  ),
  'collect.too_many': fault<{ node: string; key: string; max: number }>(
    422,
    (d) => `More than ${d.max} parts for ${d.key} came to "${d.node}" and they were not whole. The part is in trash.`,
    'Correct the count or the complete condition of the node.',
  ),
  'collect.count_invalid': fault<{ node: string; got: string }>(
    422,
    (d) => `The count of "${d.node}" must be a whole number from 1 to 10000, got ${d.got}. The part is in trash.`,
    'Correct the expression or the message, then replay it.',
  ),
  'compensation.failed': fault<{ node: string; of: string; left: number; reason: string }>(
    422,
    (d) => `The undo step "${d.node}" of "${d.of}" failed, ${d.left} further undo step(s) wait behind it: ${d.reason}`,
    'Mend the cause and replay the message, or undo it by hand and discard it: the undo steps behind it go on.',
  ),
  'expression.failed': fault<{ expression: string; reason: string }>(
    422,
    (d) => `The expression ${d.expression} cannot be evaluated: ${d.reason}. The message is in trash.`,
    'Correct the expression or the message, then replay it.',
  ),
  'expression.too_slow': fault<{ expression: string; limitMs: number }>(
    422,
    (d) => `The expression ${d.expression} ran longer than ${d.limitMs} ms and was stopped. The message is in trash.`,
    'Simplify the expression, or move the work into a custom node.',
  ),
  'expression.preview_failed': fault<{ reason: string }>(
    422,
    (d) => `The expression gives nothing for this sample: ${d.reason}. No message was touched.`,
    'Correct the expression or the sample.',
  ),
  'expression.preview_busy': fault<{ waiting: number }>(
    429,
    (d) => `${d.waiting} expressions wait to be tried, so this one was not. No message was touched.`,
    'Try it again in a moment.',
  ),
  'record.conflict': fault<{ collection: string; key: string }>(
    409,
    (d) =>
      `The record "${d.key}" of "${d.collection}" is not what was expected any more. Nothing of this write was stored.`,
    'Read it again and decide anew.',
  ),
  'data.name_invalid': fault<{ what: string; max: number; got: string }>(
    400,
    (d) =>
      `A ${d.what} of 1 to ${d.max} characters of well-formed text was expected, got ${d.got}. Nothing was changed.`,
    'Shorten the name, for example to a digest of its long part.',
  ),
  'data.not_json': fault<{ what: string; reason: string }>(
    400,
    (d) => `The ${d.what} must be a JSON value: ${d.reason}. Nothing was stored.`,
    'Store plain objects, lists, text, numbers, booleans or null; bytes as base64 text.',
  ),
  'data.too_large': fault<{ what: string; bytes: number; maxBytes: number }>(
    413,
    (d) => `The ${d.what} takes ${d.bytes} bytes as JSON, at most ${d.maxBytes} are kept. Nothing was stored.`,
    'Split it, or append its parts to a collection.',
  ),
  'data.too_many': fault<{ what: string; count: number; max: number }>(
    413,
    (d) => `At most ${d.max} ${d.what} in one call were expected, got ${d.count}. Nothing was changed.`,
    'Make several calls, each with some of them.',
  ),
  'data.number_invalid': fault<{ what: string; expected: string; got: string }>(
    400,
    (d) => `The ${d.what} must be ${d.expected}, got ${d.got}. Nothing was changed.`,
    'Instants are epoch milliseconds, durations milliseconds.',
  ),
  'data.not_a_number': fault<{ key: string; found: string }>(
    409,
    (d) => `The entry "${d.key}" cannot be incremented: ${d.found}. Nothing was changed.`,
    'Count under a key of its own, or set the entry to a number first.',
  ),
  'store.locked': fault<{ directory: string; holder: string }>(
    503,
    (d) => `Another engine holds the data directory "${d.directory}" (${d.holder}).`,
    'Stop it, or start this one with a different SLUICE_DATA.',
  ),
  'store.write_failed': fault<{ reason: string }>(
    503,
    (d) =>
      `The store could not write: ${d.reason}. Nothing of this request was stored; what was accepted before is safe.`,
    'Free disk space or mend the disk; the engine goes on by itself.',
  ),
  'store.read_failed': fault<{ reason: string }>(
    503,
    (d) => `The store could not be read: ${d.reason}. Nothing was changed.`,
    'Ask again in a moment; look at the disk when it stays so.',
  ),
  'store.log_mismatch': fault<{ tables: number; log: number }>(
    500,
    (d) =>
      `The redo log begins at record ${d.log}, but the tables hold records only up to ${d.tables}: one of the two files is from another time. Nothing was changed.`,
    'Put sluice.db and redo.log of one and the same backup side by side.',
  ),
  'store.newer': fault<{ found: number; known: number }>(
    500,
    (d) =>
      `The data was written by a newer Sluice (schema ${d.found}, this one knows ${d.known}). Nothing was changed.`,
    'Start the newer version.',
  ),
  'test.duration_invalid': fault<{ got: string }>(
    400,
    (d) => `A time such as "30 days", "1h 30m" or "500ms" was expected, got "${d.got}".`,
    'Write a number with ms, s, m, h, d or w, or milliseconds as a number.',
  ),
  'test.worker_missing': fault<{ missing: readonly string[] }>(
    422,
    (d) => `The flow has not all the steps its topology names: ${d.missing.join('; ')}. Nothing was started.`,
    'Give the missing steps under "workers", by the name of the worker.',
  ),
  'test.unexpected_request': fault<{ request: string; expected: readonly string[] }>(
    422,
    (d) =>
      `A step asked a remote service what nobody announced: ${d.request}. Announced: ${d.expected.join('; ') || 'nothing'}.`,
    'Add the exchange to remote.script, or correct the step.',
  ),
  'test.not_happened': fault<{ missing: readonly string[]; after: string }>(
    422,
    (d) =>
      `The flow ended after ${d.after} of virtual time, and this was announced and did not come: ${d.missing.join('; ')}.`,
    'Take away what cannot come, or let the flow go on until it does.',
  ),
  'test.recording_invalid': fault<{ file: string; problems: readonly string[] }>(
    422,
    (d) => `The recorded exchanges of ${d.file} cannot be read: ${d.problems.join('; ')}.`,
    'Record them again with remote.record.',
  ),
  'test.golden_invalid': fault<{ folder: string; problems: readonly string[] }>(
    422,
    (d) => `The folder ${d.folder} is no test of a topology: ${d.problems.join('; ')}.`,
    'docs/guides/testing.md says what such a folder holds.',
  ),
  'engine.stopping': fault(
    503,
    () => 'The platform is shutting down and takes nothing new. Nothing was started.',
    'Send it again in a moment.',
  ),
  'internal.unexpected': fault<{ id: string }>(
    500,
    (d) => `Something went wrong that should not (${d.id}).`,
    'This is a bug in Sluice. The log has the details under this id.',
  ),
} as const;

export type FaultCode = keyof typeof FAULTS;
export type FaultDetails<C extends FaultCode> = Parameters<(typeof FAULTS)[C]['say']>[0];

/** What an answer with an error looks like: `application/problem+json` (RFC 9457) with our three members. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** Of the table above, or the own code of a step that said what is wrong. */
  readonly code: string;
  readonly detail: string;
  readonly hint: string;
  readonly problems?: readonly unknown[];
  /** What is wrong with each field of a form, by `form.field`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Worth trying again then. */
  readonly retryAfterMs?: number;
}

/** The only error class Sluice throws on purpose. Anything else that escapes is a bug. */
export class SluiceError<C extends FaultCode = FaultCode> extends Error {
  override readonly name = 'SluiceError';
  readonly code: C;
  readonly details: FaultDetails<C>;
  readonly status: number;
  readonly hint: string;

  constructor(code: C, details: FaultDetails<C>, options?: ErrorOptions) {
    const row = FAULTS[code] as Fault<FaultDetails<C>>;
    super(row.say(details), options);
    this.code = code;
    this.details = details;
    this.status = (details as { httpStatus?: number }).httpStatus ?? row.status;
    this.hint = row.hint;
  }

  toProblem(): Problem {
    const {
      problems,
      fields,
      retryAfterMs,
      as = this.code,
    } = this.details as Pick<Problem, 'problems' | 'fields' | 'retryAfterMs'> & { as?: string };
    return {
      type: 'about:blank',
      title: as,
      status: this.status,
      code: as,
      detail: this.message,
      hint: this.hint,
      ...(problems ? { problems } : {}),
      ...(fields ? { fields } : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
}
