// Give an element of BPMN other members. The library's own command does not know how to take over whole sub-trees.

import type { Moddle, Shape } from '../view/diagram.ts';

export interface Assign {
  /** What is drawn again. */
  readonly shapes: readonly Shape[];
  readonly element: Moddle;
  readonly members: Readonly<Record<string, unknown>>;
  before?: Record<string, unknown>;
}

export class AssignHandler {
  execute(context: Assign): readonly Shape[] {
    const { element, members, shapes } = context;
    context.before = Object.fromEntries(Object.keys(members).map((name) => [name, element.get(name)]));
    for (const [name, value] of Object.entries(members)) element.set(name, value);
    return shapes;
  }

  revert({ element, before, shapes }: Assign): readonly Shape[] {
    for (const [name, value] of Object.entries(before!)) element.set(name, value);
    return shapes;
  }
}
