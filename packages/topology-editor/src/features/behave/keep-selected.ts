// A click on the one step that is selected leaves it so. The library would let go of it, and what comes next would not
// be appended to it.

import type { Shape } from '../../view/diagram.ts';

interface EventBus {
  on(event: string, priority: number, listener: (event: Click) => unknown): void;
}
interface Click {
  readonly element: Shape;
  readonly originalEvent: MouseEvent;
}
interface Selection {
  get(): Shape[];
}

export class KeepSelected {
  static $inject = ['eventBus', 'selection'];

  constructor(eventBus: EventBus, selection: Selection) {
    eventBus.on('element.click', 1_100, ({ element, originalEvent }) => {
      const [only, ...others] = selection.get();
      return only === element && others.length === 0 && !originalEvent.shiftKey ? true : undefined;
    });
  }
}
