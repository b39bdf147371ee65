// What an element cannot say by itself goes into our extension element, and nothing else does.

import { BPMN, SLUICE } from '../namespaces.ts';
import { ATTRIBUTES, type ExtensionName, extensionOf, type Fields, type Part } from '../read/extension.ts';
import { membersOf, same } from '../same.ts';
import { create, insert, remove } from '../xml/edit.ts';
import { guard, toJson } from '../xml/text.ts';
import type { XmlElement } from '../xml/tree.ts';
import { inElement } from './order.ts';

interface Entry {
  readonly tag: 'property' | 'setting';
  readonly name: string;
  /** '' = not there. */
  readonly json: string;
}

export interface Say {
  readonly local: ExtensionName;
  readonly part?: Part;
  /** What reading must give, and what it gives without an extension. */
  readonly wanted: Fields;
  readonly implied: Fields;
  /** Members that are said although they are implied. */
  readonly always?: readonly string[];
  /** Attributes that guide reading and are no members. */
  readonly guides?: Readonly<Record<string, string>>;
}

/** Write the difference between what is wanted and what is implied; remove the extension when there is none. */
export function writeExtension(host: XmlElement, say: Say): void {
  const { local, part = 'whole', wanted, implied, always = [], guides = {} } = say;
  const old = extensionOf(host, local, part);
  const attributes: Record<string, string> = part === 'whole' ? { ...guides } : { part, ...guides };
  for (const name of ATTRIBUTES) {
    const value = wanted[name];
    if (typeof value === 'string' && (value !== implied[name] || always.includes(name)))
      attributes[name] = guard(value);
  }
  const entries = differences(wanted, implied);
  const container = old?.parent ?? host.first(BPMN, 'extensionElements');
  if (Object.keys(attributes).length === (part === 'whole' ? 0 : 1) && entries.length === 0) {
    if (!old) return;
    remove(old);
    if (container && container.children.length === 0) remove(container);
    return;
  }
  if (old) remove(old);
  const home = container?.parent === host ? container : addContainer(host);
  const element = create(home, SLUICE, local, attributes);
  insert(home, element);
  for (const { tag, name, json } of entries) {
    const child = create(element, SLUICE, tag, { name: guard(name) });
    child.text = json;
    insert(element, child);
  }
}

function addContainer(host: XmlElement): XmlElement {
  const container = create(host, BPMN, 'extensionElements');
  insert(host, container, inElement);
  return container;
}

function differences(wanted: Fields, implied: Fields): Entry[] {
  const entries: Entry[] = [];
  const members = membersOf(wanted);
  const base = membersOf(implied);
  for (const [name, value] of members) {
    if (name === 'settings' && isObject(value) && isObject(base.get(name) ?? {})) {
      const settings = membersOf(value);
      const have = membersOf((base.get(name) as object | undefined) ?? {});
      if (settings.size === 0 && have.size === 0 && !base.has(name))
        entries.push({ tag: 'property', name, json: '{}' });
      entries.push(...changes('setting', settings, have));
    } else if (typeof value === 'string' && (ATTRIBUTES as readonly string[]).includes(name)) {
      // An attribute says it.
    } else if (!same(value, base.get(name))) entries.push({ tag: 'property', name, json: toJson(value) });
  }
  for (const name of base.keys()) if (!members.has(name)) entries.push({ tag: 'property', name, json: '' });
  return entries;
}

function changes(tag: Entry['tag'], wanted: Map<string, unknown>, have: Map<string, unknown>): Entry[] {
  const entries: Entry[] = [];
  for (const [name, value] of wanted)
    if (!have.has(name) || !same(value, have.get(name))) entries.push({ tag, name, json: toJson(value) });
  for (const name of have.keys()) if (!wanted.has(name)) entries.push({ tag, name, json: '' });
  return entries;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
