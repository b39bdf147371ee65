// Attributes that the older editor of existing systems puts on elements of BPMN (files `*.tplg`).

import { isGateway } from '../document.ts';
import { PIPES } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Fields } from './extension.ts';

const KINDS: Readonly<Record<string, string | null>> = {
  start: 'start',
  cron: 'cron',
  webhook: 'webhook',
  connector: 'connector',
  batch: 'batch',
  custom: 'custom',
  user: 'user-task',
  gateway: 'router',
};
const WORKED = new Set(['connector', 'batch', 'custom']);

/** @returns null for an end event, which stands for nothing there */
export function pipesNode(element: XmlElement): Fields | null {
  const at = (name: string): string => element.get(name, PIPES) ?? '';
  const type = at('pipesType');
  if (type === '' && !isGateway(element)) return null;
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) return { kind: 'custom', notRunnable: `nodes of type "${type}" have no counterpart here` };
  const settings: Record<string, unknown> = {};
  if (WORKED.has(kind)) {
    const timeout = whole(at('timeout'));
    settings.prefetch = whole(at('rabbitPrefetch')) || 1;
    if (timeout > 0) settings.timeoutMs = timeout * 1_000;
    if (at('repeaterEnabled') === 'true')
      settings.repeat = {
        attempts: Math.max(1, whole(at('repeaterHops'))),
        delayMs: whole(at('repeaterInterval')) * 1_000,
        factor: 1,
      };
  }
  if (kind === 'cron') {
    if (at('cronTime') !== '') settings.cron = at('cronTime');
    const params = Object.fromEntries(new URLSearchParams(at('cronParams')));
    if (Object.keys(params).length > 0) settings.body = params;
  }
  return {
    kind,
    ...(WORKED.has(kind) ? { worker: at('sdkHostName') || undefined, action: element.get('name') || undefined } : {}),
    ...(at('appName') === '' ? {} : { application: at('appName') }),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  };
}

const whole = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);
