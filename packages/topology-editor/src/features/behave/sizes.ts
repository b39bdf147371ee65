// Sizes of new steps: wide enough for a name on one line; the same as where the platform lays out what nobody placed.

import ElementFactory from 'bpmn-js/lib/features/modeling/ElementFactory';
import { is, type Moddle } from '../../view/diagram.ts';

export class SluiceElementFactory extends ElementFactory {
  override getDefaultSize(element: object, di?: object): { width: number; height: number } {
    const thing = element as Moddle;
    if (is(thing, 'bpmn:Activity') && !is(thing, 'bpmn:SubProcess')) return { width: 168, height: 64 };
    return super.getDefaultSize(element as never, di);
  }
}
