// An event that answers or publishes is an end, a start or in between, as lines come and go.

import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import type { Moddle, Shape } from '../../view/diagram.ts';
import type { Words } from '../look/renderer.ts';

interface Replace {
  replaceElement(element: Shape, target: object, hints?: object): Shape;
}
interface Registry {
  get(id: string): Shape | undefined;
}

export class Ends extends CommandInterceptor {
  static override $inject = ['eventBus', 'bpmnReplace', 'elementRegistry', 'sluiceWords'];
  #left = false;

  constructor(eventBus: unknown, bpmnReplace: Replace, elementRegistry: Registry, sluiceWords: Words) {
    super(eventBus as ConstructorParameters<typeof CommandInterceptor>[0]);
    const settle = (shape: Shape | undefined): void => {
      const now = this.#left ? undefined : shape && elementRegistry.get(shape.id);
      if (!now) return;
      const thing = now.businessObject;
      const kind = sluiceWords.nodeOf(thing)?.kind;
      if (kind !== 'respond' && kind !== 'topic') return;
      const wanted = typeOf(kind, now);
      if (thing.$type === wanted) return;
      const [definition] = thing.eventDefinitions as Moddle[];
      bpmnReplace.replaceElement(now, {
        type: wanted,
        eventDefinitionType: definition?.$type,
        eventDefinitionAttrs: definition?.signalRef ? { signalRef: definition.signalRef } : {},
      });
    };
    const after = (context: { source?: Shape; target?: Shape; connection?: Shape }): void => {
      settle(context.source ?? context.connection?.source);
      settle(context.target ?? context.connection?.target);
    };
    this.postExecuted(['connection.create', 'connection.reconnect'] as never, after as never, true as never);
  }

  /** While a document is drawn, which says itself what each event is: its lines come one by one. */
  leave(work: () => void): void {
    this.#left = true;
    try {
      work();
    } finally {
      this.#left = false;
    }
  }
}

function typeOf(kind: 'respond' | 'topic', { incoming, outgoing }: Shape): string {
  if (kind === 'topic' && incoming.length === 0) return 'bpmn:StartEvent';
  return outgoing.length > 0 ? 'bpmn:IntermediateThrowEvent' : 'bpmn:EndEvent';
}
