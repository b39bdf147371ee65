// Put shapes and lines where they are told to sit, in one step that can be undone.

import type { Bounds, Point, Shape } from '../view/diagram.ts';

export interface Arrange {
  readonly bounds: ReadonlyMap<Shape, Bounds>;
  readonly lines: ReadonlyMap<Shape, readonly Point[]>;
}

interface Modeling {
  resizeShape(shape: Shape, bounds: Bounds, minBounds?: null, hints?: object): void;
  moveShape(shape: Shape, delta: Point, parent?: Shape | null, hints?: object): void;
  updateWaypoints(connection: Shape, waypoints: readonly Point[], hints?: object): void;
}

export class ArrangeHandler {
  static $inject = ['modeling'];
  readonly #modeling: Modeling;

  constructor(modeling: Modeling) {
    this.#modeling = modeling;
  }

  preExecute({ bounds, lines }: Arrange): void {
    for (const [shape, to] of bounds) {
      if (shape.width !== to.width || shape.height !== to.height)
        this.#modeling.resizeShape(shape, to, null, { layout: false });
      else if (shape.x !== to.x || shape.y !== to.y)
        this.#modeling.moveShape(shape, { x: to.x - shape.x, y: to.y - shape.y }, shape.parent, {
          layout: false,
          recurse: true,
        });
    }
    for (const [line, points] of lines) this.#modeling.updateWaypoints(line, [...points]);
  }

  execute(): readonly never[] {
    return [];
  }

  revert(): readonly never[] {
    return [];
  }
}
