// Keys of the canvas that are ours. Those of the library (undo, move, delete, zoom, tools) stay as they are.

interface Keyboard {
  addListener(priority: number, listener: (context: { keyEvent: KeyboardEvent }) => unknown): void;
}
interface EventBus {
  fire(event: string, payload: object): void;
}

export type Act =
  | 'append'
  | 'replace'
  | 'help'
  | 'fit'
  | 'minimap'
  | 'text'
  | 'problems'
  | 'arrange'
  | 'next-problem'
  | 'next'
  | 'previous'
  | 'properties';

export interface KeyRow {
  readonly keys: string;
  readonly does: string;
  readonly act?: Act;
}

/** The sheet of keys: what is shown is what is bound. */
export const KEYS: Readonly<Record<string, readonly KeyRow[]>> = {
  Draw: [
    { keys: 'A', does: 'Append a step to the selected one, or add the first', act: 'append' },
    { keys: 'R', does: 'Change the kind of the selected step', act: 'replace' },
    { keys: 'C', does: 'Connect' },
    { keys: 'E', does: 'Edit the name on the canvas' },
    { keys: 'Enter', does: 'Go to the properties of the selected step', act: 'properties' },
    { keys: 'Delete', does: 'Remove' },
    { keys: 'Mod+Z', does: 'Undo' },
    { keys: 'Mod+Shift+Z', does: 'Redo' },
    { keys: 'Mod+C', does: 'Copy, also to another tab' },
    { keys: 'Mod+X', does: 'Cut' },
    { keys: 'Mod+V', does: 'Paste' },
    { keys: 'Mod+A', does: 'Select everything' },
  ],
  Arrange: [
    { keys: '← ↑ → ↓', does: 'Move what is selected' },
    { keys: 'Shift+Arrows', does: 'Move it further' },
    { keys: 'S', does: 'Space tool: make room' },
    { keys: 'L', does: 'Lasso: select an area' },
    { keys: 'H', does: 'Hand: move the view' },
    { keys: 'D', does: 'Lay everything out', act: 'arrange' },
  ],
  Look: [
    { keys: 'N', does: 'Select the step that follows', act: 'next' },
    { keys: 'P', does: 'Select the step before', act: 'previous' },
    { keys: 'F', does: 'Zoom to fit', act: 'fit' },
    { keys: 'Mod+=', does: 'Zoom in' },
    { keys: 'Mod+-', does: 'Zoom out' },
    { keys: 'Mod+0', does: 'Actual size' },
    { keys: 'Mod+F', does: 'Find a step' },
    { keys: 'M', does: 'Overview map', act: 'minimap' },
    { keys: 'T', does: 'Text beside the picture', act: 'text' },
    { keys: 'I', does: 'List of problems', act: 'problems' },
    { keys: '.', does: 'Jump to the next problem', act: 'next-problem' },
    { keys: '?', does: 'This sheet', act: 'help' },
  ],
};

const ACTS: ReadonlyMap<string, Act> = new Map(
  Object.values(KEYS)
    .flat()
    .flatMap(({ keys, act }) => (act ? [[keys.toLowerCase(), act]] : [])),
);

export class Keys {
  static $inject = ['keyboard', 'eventBus'];

  constructor(keyboard: Keyboard, eventBus: EventBus) {
    keyboard.addListener(2_000, ({ keyEvent }) => {
      const command = keyEvent.ctrlKey || keyEvent.metaKey;
      // Copying is an event of the document, so that it reaches the clipboard; pressing the keys must not hinder it.
      if (command && ['c', 'x', 'v'].includes(keyEvent.key.toLowerCase())) return false;
      if (command || keyEvent.altKey) return undefined;
      const act = ACTS.get(keyEvent.key.toLowerCase());
      if (!act) return undefined;
      eventBus.fire('sluice.act', { act });
      return true;
    });
  }
}
