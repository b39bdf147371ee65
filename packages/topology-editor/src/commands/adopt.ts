// Elements of another document become elements of this one: who contains them, and what they refer to.

import { is, type Moddle, type ModdleProperty } from '../view/diagram.ts';

/** Members that say how an element is joined to others; the picture keeps them. */
const JOINTS = new Set([
  'id',
  'di',
  'incoming',
  'outgoing',
  'sourceRef',
  'targetRef',
  'attachedToRef',
  'boundaryEventRefs',
  'lanes',
  'flowNodeRef',
  'flowElements',
  'artifacts',
  'laneSets',
  'dataInputAssociations',
  'dataOutputAssociations',
]);

export const ownMembers = (element: Moddle): ModdleProperty[] =>
  element.$descriptor.properties.filter(({ name, ns, isVirtual }) => !isVirtual && !JOINTS.has(localOf(name, ns)));

const localOf = (name: string, ns: ModdleProperty['ns']): string => ns?.localName ?? name;

/** Point references into the other document to what has the same id here. */
export function redirect(element: Moddle, byId: (id: string) => Moddle | undefined): void {
  for (const property of element.$descriptor?.properties ?? []) {
    const value = element[localOf(property.name, property.ns)];
    if (value === undefined || value === null || JOINTS.has(localOf(property.name, property.ns))) continue;
    const list = (Array.isArray(value) ? value : [value]) as Moddle[];
    if (property.isReference) {
      const here = list.map((each) => byId(each.id)).filter((each) => each !== undefined);
      element.set(property.name, property.isMany ? here : here[0]);
    } else for (const each of list) if (each?.$descriptor) redirect(each, byId);
  }
}

/** An element alone: joined to nothing, in nothing. */
export function detach(element: Moddle): Moddle {
  for (const name of ['incoming', 'outgoing', 'sourceRef', 'targetRef', 'attachedToRef', 'lanes'] as const)
    if (element.$descriptor.properties.some((property) => localOf(property.name, property.ns) === name))
      element.set(name, ['incoming', 'outgoing', 'lanes'].includes(name) ? [] : undefined);
  (element as { $parent?: Moddle | undefined }).$parent = undefined;
  return element;
}

/** Signals, messages and errors that this document does not have yet. They change nothing by themselves. */
export function adoptRoots(definitions: Moddle, other: Moddle): void {
  const known = new Set(((definitions.rootElements ?? []) as Moddle[]).map(({ id }) => id));
  for (const root of (other.rootElements ?? []) as Moddle[]) {
    if (is(root, 'bpmn:Process') || is(root, 'bpmn:Collaboration') || known.has(root.id)) continue;
    (root as { $parent?: Moddle }).$parent = definitions;
    definitions.rootElements.push(root);
  }
}
