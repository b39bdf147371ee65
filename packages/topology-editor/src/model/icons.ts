// The signs of the kinds: strokes in a square of 24, for the canvas and for panels alike.

import type { NodeKind } from '@sluice/topology';

export const KIND_ICONS: Readonly<Record<NodeKind, string>> = {
  start: 'M8 5.2v13.6l10.6-6.8z',
  cron: 'M12 3.6a8.4 8.4 0 1 0 0 16.8a8.4 8.4 0 0 0 0-16.8z M12 7.4v4.8l3.3 2',
  webhook: 'M13.2 3L5.6 13.6H12L10.8 21l7.6-10.6H12z',
  connector: 'M9 3.2v4.6 M15 3.2v4.6 M6.4 7.8h11.2v3.4a5.6 5.6 0 0 1-11.2 0z M12 16.8v4',
  batch: 'M12 3.6l8.6 4.4-8.6 4.4L3.4 8z M3.4 12l8.6 4.4 8.6-4.4 M3.4 16l8.6 4.4 8.6-4.4',
  custom: 'M8 7.2L3.2 12 8 16.8 M16 7.2l4.8 4.8-4.8 4.8 M13.6 4.6l-3.2 14.8',
  map: 'M9.2 4C6.8 4 6.4 5.2 6.4 7v2.4c0 1.6-.8 2.6-2.2 2.6 1.4 0 2.2 1 2.2 2.6V17c0 1.8.4 3 2.8 3 M14.8 4c2.4 0 2.8 1.2 2.8 3v2.4c0 1.6.8 2.6 2.2 2.6-1.4 0-2.2 1-2.2 2.6V17c0 1.8-.4 3-2.8 3',
  filter: 'M4 5h16l-6.2 7.4v5.4l-3.6 1.8v-7.2z',
  router: 'M3.4 12h5l4.4-5.4H20 M8.4 12l4.4 5.4H20 M17.4 4l2.6 2.6-2.6 2.6 M17.4 14.8l2.6 2.6-2.6 2.6',
  split: 'M3.6 12h16.6 M6.4 12c5 0 4.2-6.6 9-6.6h4.8 M6.4 12c5 0 4.2 6.6 9 6.6h4.8',
  collect: 'M20.4 12H3.8 M17.6 12c-5 0-4.2-6.6-9-6.6H3.8 M17.6 12c-5 0-4.2 6.6-9 6.6H3.8',
  delay:
    'M7 3.6h10 M7 20.4h10 M8.2 3.6v3.2c0 2.8 3.8 3.6 3.8 5.2s-3.8 2.4-3.8 5.2v3.2 M15.8 3.6v3.2c0 2.8-3.8 3.6-3.8 5.2s3.8 2.4 3.8 5.2v3.2',
  call: 'M11 4.4H6.2a1.8 1.8 0 0 0-1.8 1.8v11.6a1.8 1.8 0 0 0 1.8 1.8h11.6a1.8 1.8 0 0 0 1.8-1.8V13 M14.4 4.2h5.4v5.4 M19.8 4.2l-9 9',
  respond: 'M9 6.2l-5 4.8 5 4.8 M4 11h9.8a6 6 0 0 1 6 6v1.6',
  'user-task': 'M12 3.8a4 4 0 1 0 0 8a4 4 0 0 0 0-8z M4.8 20.2c.7-3.6 3.5-5.4 7.2-5.4s6.5 1.8 7.2 5.4',
  topic:
    'M12 10.4a1.6 1.6 0 1 0 0 3.2a1.6 1.6 0 0 0 0-3.2z M8.2 15.8a5.4 5.4 0 0 1 0-7.6 M15.8 8.2a5.4 5.4 0 0 1 0 7.6 M5.3 18.7a9.5 9.5 0 0 1 0-13.4 M18.7 5.3a9.5 9.5 0 0 1 0 13.4',
};

/** Events at the border of a step, by what they wait for. */
export const PATH_ICONS = {
  error: 'M12 4.6v9 M12 18.2v.8',
  timer: KIND_ICONS.cron,
  compensation: 'M11.4 6.4L5 12l6.4 5.6z M19 6.4L12.6 12l6.4 5.6z',
} as const;
