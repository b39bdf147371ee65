// What our own extension elements say of an element, laid over what the element says by itself.
//
//   <sluice:node kind="connector" worker="erp" action="create-order">
//     <sluice:setting name="prefetch">5</sluice:setting>          a member of settings, as JSON
//     <sluice:property name="breakpoint">true</sluice:property>   any other member, as JSON; empty = not there
//   </sluice:node>

import { SluiceError } from '@sluice/protocol';
import { BPMN, SLUICE } from '../namespaces.ts';
import { membersOf } from '../same.ts';
import { unguard } from '../xml/text.ts';
import type { XmlElement } from '../xml/tree.ts';

export type Fields = Readonly<Record<string, unknown>>;
/** Which of the nodes that one element stands for: itself, or what comes before and after it. */
export type Part = 'whole' | 'split' | 'collect';
export type ExtensionName = 'topology' | 'node' | 'connection';

/** Members that are attributes of the extension element, because people look for them. */
export const ATTRIBUTES = ['kind', 'worker', 'action', 'id', 'name'] as const;

export function extensionOf(host: XmlElement, local: ExtensionName, part: Part = 'whole'): XmlElement | undefined {
  for (const container of host.elements(BPMN, 'extensionElements'))
    for (const element of container.elements(SLUICE, local))
      if ((element.get('part') ?? 'whole') === part) return element;
  return undefined;
}

/** @throws SluiceError `bpmn.extension` when it cannot be read: guessing would change what a topology does */
export function overlay(base: Fields, extension: XmlElement | undefined, host: XmlElement): Fields {
  if (!extension) return base;
  const fields = membersOf(base);
  const settings = membersOf((base.settings as object | undefined) ?? {});
  const read = <T>(what: string, parse: () => T): T => {
    try {
      return parse();
    } catch (error) {
      const element = host.get('id') ?? host.name;
      throw new SluiceError('bpmn.extension', { element, what, reason: (error as Error).message });
    }
  };
  for (const name of ATTRIBUTES) {
    const value = extension.get(name);
    if (value !== undefined)
      fields.set(
        name,
        read(`attribute ${name}`, () => unguard(value)),
      );
  }
  let set = settings.size > 0;
  for (const child of extension.elements(SLUICE)) {
    const name = read(`<${child.name}>`, () => unguard(child.get('name') ?? ''));
    const json = child.text.trim();
    const target = child.local === 'setting' ? settings : fields;
    if (child.local === 'setting') set = true;
    if (json === '') target.delete(name);
    else
      target.set(
        name,
        read(`${child.local} ${name}`, () => JSON.parse(json)),
      );
    // Settings as a whole say only that there are some, or that there are none.
    if (target === fields && name === 'settings' && json === '') {
      settings.clear();
      set = false;
    }
  }
  if (set) fields.set('settings', Object.fromEntries(settings));
  return Object.fromEntries(fields);
}
