// A schedule in words, and when it comes next.

import { useMemo } from 'react';
import { scheduleOf } from '../../model/schedule.ts';

export function Schedule({ cron, timeZone }: { readonly cron: unknown; readonly timeZone: unknown }) {
  const zone = typeof timeZone === 'string' && timeZone !== '' ? timeZone : undefined;
  const schedule = useMemo(
    () => (typeof cron === 'string' && cron !== '' ? scheduleOf(cron, zone, new Date()) : null),
    [cron, zone],
  );
  if (!schedule) return null;
  if ('fault' in schedule) return <div className="sl-fault">{schedule.fault}</div>;
  const show = new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(zone ? { timeZone: zone, timeZoneName: 'short' } : {}),
  });
  return (
    <ul className="sl-runs" aria-label="Next runs">
      <li>
        <b>{schedule.words}</b>
      </li>
      {schedule.next.map((date) => (
        <li key={date.getTime()}>{show.format(date)}</li>
      ))}
    </ul>
  );
}
