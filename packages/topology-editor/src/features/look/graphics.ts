// Where the graphics of an element go among those of its siblings.

import GraphicsFactory from 'diagram-js/lib/core/GraphicsFactory';

type Element = Parameters<GraphicsFactory['create']>[1];
type Wants = ConstructorParameters<typeof GraphicsFactory>;

export class SluiceGraphicsFactory extends GraphicsFactory {
  static override $inject = ['eventBus', 'elementRegistry'];
  readonly #elements: Wants[1];

  constructor(...[events, elements]: Wants) {
    super(events, elements);
    this.#elements = elements;
  }

  /**
   * Whoever wants an element last says -1. The library puts it first for that, and then moves every other element past
   * it: among 500 steps the browser styles and lays out the whole picture anew for each line.
   */
  override create(...[type, element, index]: Parameters<GraphicsFactory['create']>): SVGElement {
    return index === -1 ? super.create(type, element) : super.create(type, element, index);
  }

  /**
   * What was moved has become the last of its siblings. The library would leave it where it stands and put everything
   * behind it before it, for the same price; so these go first, and it finds all others where they belong.
   */
  override updateContainments(elements: Element[]): void {
    const moved = [...new Set(elements)].flatMap((element) => {
      const siblings: Element[] = element.parent?.children ?? [];
      const at = siblings.indexOf(element);
      return at === -1 ? [] : [{ element, at, next: siblings[at + 1] }];
    });
    // The last one first: whatever follows an element stands where it belongs by then.
    for (const { element, next } of moved.sort((a, b) => b.at - a.at)) {
      const graphics = this.#group(element);
      const before = next ? this.#group(next) : null;
      const container = graphics.parentNode!;
      if (graphics.nextSibling === before || (before && before.parentNode !== container)) continue;
      container.insertBefore(graphics, before);
    }
    super.updateContainments(elements);
  }

  #group(element: Element): Node {
    return this.#elements.getGraphics(element).parentNode!;
  }
}
