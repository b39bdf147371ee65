// Where the graphics of a new element go among those of its siblings.

import GraphicsFactory from 'diagram-js/lib/core/GraphicsFactory';

export class SluiceGraphicsFactory extends GraphicsFactory {
  /**
   * Whoever wants an element last says -1. The library puts it first for that, and then moves every other element past
   * it: among 500 steps the browser styles and lays out the whole picture anew for each line.
   */
  override create(...[type, element, index]: Parameters<GraphicsFactory['create']>): SVGElement {
    return index === -1 ? super.create(type, element) : super.create(type, element, index);
  }
}
