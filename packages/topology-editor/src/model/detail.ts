// What a node shows beside its name: the one thing that tells it from others of its kind.

import { type Connection, type Node, WORKER_KINDS } from '@sluice/topology';
import { durationText } from './duration.ts';
import { KINDS } from './kinds.ts';

export const titleOf = ({ name, action, kind }: Pick<Node, 'name' | 'action' | 'kind'>): string =>
  name || action || KINDS[kind].label;

export interface Detail {
  readonly text: string;
  /** It is missing what it needs. */
  readonly open: boolean;
}

export function detailOf(node: Pick<Node, 'kind' | 'name' | 'worker' | 'action' | 'settings' | 'notRunnable'>): Detail {
  const { kind, name, worker, action, settings = {} } = node;
  if (node.notRunnable !== undefined) return { text: 'cannot run', open: true };
  if (WORKER_KINDS.has(kind)) {
    if (!worker || !action) return { text: 'choose an action', open: true };
    return { text: name ? `${worker} · ${action}` : worker, open: false };
  }
  const said = (text: string | undefined, missing: string): Detail =>
    text ? { text: text.replace(/\s+/g, ' ').slice(0, 200), open: false } : { text: missing, open: true };
  const plain = { text: name ? KINDS[kind].label : KINDS[kind].does, open: false };
  switch (kind) {
    case 'map':
      return said(settings.expression, 'no mapping yet');
    case 'filter':
      return said(settings.condition, 'no condition yet');
    case 'cron':
      return said(settings.cron, 'no schedule yet');
    case 'call':
      return said(settings.topology, 'no topology yet');
    case 'topic':
      return said(settings.topic, 'no topic yet');
    case 'delay':
      return said(settings.delayMs === undefined ? settings.until : durationText(settings.delayMs), 'no time yet');
    case 'webhook':
      return settings.event ? { text: `${settings.application ?? ''}.${settings.event}`, open: false } : plain;
    case 'split':
      return settings.expression ? said(settings.expression, '') : plain;
    case 'respond':
      return settings.status ? { text: String(settings.status), open: false } : plain;
    case 'user-task':
      return settings.title ? said(settings.title, '') : plain;
    default:
      return plain;
  }
}

/** What stands on a line; null when it is the plain way. */
export function conditionText(connection: Connection, fromRouter: boolean): string | null {
  if (connection.when !== undefined) return connection.when.replace(/\s+/g, ' ').trim();
  if (connection.on === 'error') return connection.codes ? connection.codes.join(', ') : 'on error';
  if (connection.on === 'timer') return `after ${durationText(connection.afterMs ?? 0)}`;
  if (connection.on === 'compensation') return 'undo';
  return fromRouter ? 'otherwise' : null;
}
