// Names of buckets under charts.

import type { Range } from '@sluice/protocol';

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });
const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', hour: '2-digit', hour12: false });

export const tick = (at: number, range: Range): string => (range === '7d' ? weekday : clock).format(at);
