import type { NotificationCondition } from '@sluice/protocol';

/** What is told, the same by every channel. */
export interface Notice {
  readonly rule: string | null;
  readonly subject: string;
  readonly lines: readonly string[];
  /** How many things it tells of; lines may be fewer. */
  readonly count: number;
  /** Page of the platform that shows more. */
  readonly url: string;
  readonly at: number;
}

const PAGES: Readonly<Record<NotificationCondition['kind'], string>> = {
  'process-failed': '/processes?status=failed',
  trash: '/trash',
  queue: '/topologies',
  'worker-down': '/workers',
  ledger: '/ledger',
  authorise: '/applications',
  certificate: '/settings',
};

export const pageOf = (when: NotificationCondition): string => PAGES[when.kind];

/** One thing is told by itself, several by their number. */
export function subjectOf(when: NotificationCondition, count: number, lines: readonly string[]): string {
  const [only] = lines;
  if (count === 1 && only !== undefined) return only;
  switch (when.kind) {
    case 'process-failed':
      return `${count} processes failed`;
    case 'trash':
      return `Messages in trash in ${count} topologies`;
    case 'queue':
      return `${count} queues are too deep`;
    case 'worker-down':
      return `${count} workers are gone`;
    case 'ledger':
      return `The ledger does not balance at ${count} nodes`;
    case 'authorise':
      return `${count} installs have to be authorised again`;
    case 'certificate':
      return `${count} certificates end soon`;
  }
}

export function textOf({ lines, count, url }: Notice): string {
  const more = count - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more.`] : []), '', url].join('\n');
}
