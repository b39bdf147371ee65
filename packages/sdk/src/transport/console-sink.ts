import type { RecordSink } from '../step/host.ts';

/** Log lines of steps to the console of the service; measurements go nowhere. */
export const consoleSink: RecordSink = (record) => {
  if (record.type !== 'log' || record.level === 'debug') return;
  const line = `${new Date(record.at).toISOString()} ${record.level} [${record.node ?? '-'}] ${record.message}`;
  if (record.level === 'error') console.error(line);
  else console.log(line);
};
