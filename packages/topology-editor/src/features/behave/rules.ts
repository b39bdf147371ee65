// What may be drawn: our answers before those of the library, which allows all that BPMN does.

import RuleProvider from 'diagram-js/lib/features/rules/RuleProvider';
import { refusalOf } from '../../rules/connect.ts';
import { is, isConnection, type Shape } from '../../view/diagram.ts';
import type { Words } from '../look/renderer.ts';

interface Connecting {
  readonly source?: Shape;
  readonly target?: Shape;
  readonly connection?: Shape;
}

export class SluiceRules extends RuleProvider {
  static override $inject = ['eventBus', 'sluiceWords'];
  readonly #words: Words;

  constructor(eventBus: unknown, sluiceWords: Words) {
    super(eventBus as ConstructorParameters<typeof RuleProvider>[0]);
    this.#words = sluiceWords;
    const ask = (context: Connecting): unknown => this.#mayConnect(context);
    this.addRule('connection.create', 2_000, ask as never);
    this.addRule('connection.reconnect', 2_000, ask as never);
  }

  /** undefined = ask the next. */
  #mayConnect({ source, target, connection }: Connecting): unknown {
    if (!source || !target || isConnection(source) || isConnection(target)) return undefined;
    const [from, to] = [source.businessObject, target.businessObject];
    if (!is(from, 'bpmn:FlowNode') || !is(to, 'bpmn:FlowNode') || is(from, 'bpmn:BoundaryEvent')) return undefined;
    const [a, b] = [this.#words.nodeOf(from), this.#words.nodeOf(to)];
    if (!a || !b) return undefined;
    const existing = source.outgoing
      .filter((line) => line !== connection && line.target)
      .map((line) => ({ from: from.id, to: line.target!.businessObject.id }));
    if (refusalOf({ id: from.id, kind: a.kind }, { id: to.id, kind: b.kind }, existing) !== null) return false;
    // An event that answers or publishes may lead on, and one that publishes may be led to: it is then drawn otherwise.
    const bends = (a.kind === 'respond' || a.kind === 'topic') && is(from, 'bpmn:EndEvent');
    const opens = b.kind === 'topic' && is(to, 'bpmn:StartEvent');
    return bends || opens ? { type: 'bpmn:SequenceFlow' } : undefined;
  }
}
