// What is dragged over the empty canvas marks nothing: the library would mark the layer of all steps, and every element
// in it would be styled anew at the beginning and the end of each drag.

import type { Shape } from '../../view/diagram.ts';

interface Canvas {
  addMarker(element: Shape | string, marker: string): void;
  removeMarker(element: Shape | string, marker: string): void;
  getRootElement(): Shape;
  getContainer(): HTMLElement;
}

/** Marks of a place where something may be dropped. */
const DROPS = new Set(['drop-ok', 'new-parent']);
/** Says that something is dragged; `style.css` then hides the handles of lines by a class that reaches only them. */
const DRAGGING = 'djs-drag-active';

export class DropMarks {
  static $inject = ['canvas'];

  constructor(canvas: Canvas) {
    const [add, remove] = [canvas.addMarker.bind(canvas), canvas.removeMarker.bind(canvas)];
    const ofAll = (element: Shape | string, marker: string): boolean =>
      element === canvas.getRootElement() && (DROPS.has(marker) || marker === DRAGGING);
    const dragging = (marker: string, on: boolean): void => {
      if (marker === DRAGGING) canvas.getContainer().classList.toggle('sl-dragging', on);
    };
    canvas.addMarker = (element, marker) => {
      if (ofAll(element, marker)) dragging(marker, true);
      else add(element, marker);
    };
    canvas.removeMarker = (element, marker) => {
      if (ofAll(element, marker)) dragging(marker, false);
      else remove(element, marker);
    };
  }
}
