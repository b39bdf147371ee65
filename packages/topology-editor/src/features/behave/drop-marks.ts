// What is dragged over the empty canvas marks nothing: the library would mark the layer of all steps, and every element
// in it would be styled anew at the beginning and the end of each drag.

import type { Shape } from '../../view/diagram.ts';

interface Canvas {
  addMarker(element: Shape | string, marker: string): void;
  getRootElement(): Shape;
}

/** Marks that say of a place that something may be dropped there. */
const DROPS = new Set(['drop-ok', 'new-parent', 'djs-drag-active']);

export class DropMarks {
  static $inject = ['canvas'];

  constructor(canvas: Canvas) {
    const add = canvas.addMarker.bind(canvas);
    canvas.addMarker = (element, marker) => {
      if (!DROPS.has(marker) || element !== canvas.getRootElement()) add(element, marker);
    };
  }
}
