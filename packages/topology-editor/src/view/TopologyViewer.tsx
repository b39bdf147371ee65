// A process to look at: live counts, the way of one process, or the difference of two versions.

import type { TopologyModel } from '@sluice/topology';
import { fromBpmn, toBpmn } from '@sluice/topology/bpmn';
import { useEffect, useMemo, useRef, useState } from 'react';
import { followFont } from '../features/look/svg.ts';
import { Marks, type NodeCounts, showBadges, showBreakpoints, showCounts } from '../features/marks/marks.ts';
import { travel } from '../features/marks/travel.ts';
import { type Comparison, compareVersions, connectionKey, type Mark } from '../model/marks.ts';
import { type Diagram, openViewer, type Services } from './canvas.ts';
import type { Point } from './diagram.ts';
import { drawable } from './document.ts';
import { followGrid } from './grid.ts';
import { type Drawn, describe, fitView } from './show.ts';
import { followSize } from './size.ts';

/** The way of one process: nodes it was at, in the order in which it came there, and those at which it failed. */
export interface Way {
  readonly steps: readonly string[];
  readonly failed?: readonly string[];
}

export interface TopologyViewerProps {
  /** The version shown. */
  readonly bpmn: string;
  /** An older version: what is different is marked, with a legend and a list of changes. */
  readonly before?: string | undefined;
  readonly overlays?: Readonly<Record<string, NodeCounts>> | undefined;
  /** Nodes at which arriving messages are held now. */
  readonly breakpoints?: ReadonlySet<string> | undefined;
  readonly way?: Way | undefined;
  /** Let a message travel along the way; again when the number changes. */
  readonly play?: number | undefined;
  readonly selected?: string | undefined;
  readonly onSelect?: ((node: string | null) => void) | undefined;
  readonly onFault?: ((error: unknown) => void) | undefined;
}

export function TopologyViewer(props: TopologyViewerProps) {
  const { bpmn, before, overlays, breakpoints, way, play, selected } = props;
  const host = useRef<HTMLDivElement>(null);
  const [diagram, setDiagram] = useState<Diagram | null>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  /** Where the view was put by itself; as long as nobody moves it, everything stays in view. */
  const fitted = useRef('');
  const calls = useRef(props);
  calls.current = props;
  const shown = useMemo(() => {
    try {
      return documentOf(bpmn, before);
    } catch (error) {
      return { error };
    }
  }, [bpmn, before]);

  useEffect(() => {
    const created = openViewer(host.current!);
    followGrid(host.current!, created.get('eventBus'), created.get('canvas'));
    const canvas = created.get('canvas');
    const unfollow = followSize(host.current!, canvas, () => {
      const [chosen] = created.get('selection').get();
      if (fitted.current === placeOf(canvas)) fitted.current = fit(canvas);
      else if (chosen) canvas.scrollToElement(chosen, 40);
    });
    setDiagram(created);
    return () => {
      unfollow();
      created.destroy();
    };
  }, []);

  useEffect(() => {
    if (!diagram) return undefined;
    if ('error' in shown) {
      calls.current.onFault?.(shown.error);
      return undefined;
    }
    let current = true;
    setDrawn(null);
    const show = async (): Promise<void> => {
      const text = await drawable(shown.text, diagram.get('moddle'));
      if (!current) return;
      await diagram.importXML(text);
      if (!current) return;
      setDrawn(describe(diagram, text));
      fitted.current = fit(diagram.get('canvas'));
    };
    show().catch((error: unknown) => current && calls.current.onFault?.(error));
    return () => {
      current = false;
    };
  }, [diagram, shown]);

  useEffect(() => {
    if (!diagram || !drawn) return;
    const listener = ({ newSelection }: { newSelection: { id: string }[] }): void =>
      calls.current.onSelect?.(drawn.nodeOf(newSelection[0]?.id ?? '') ?? null);
    diagram.get('eventBus').on('selection.changed', listener);
  }, [diagram, drawn]);

  useEffect(() => {
    const shape = selected === undefined ? undefined : drawn?.elementOf(selected);
    if (diagram && drawn)
      diagram.get('selection').select(shape ? (diagram.get('elementRegistry').get(shape) ?? null) : null);
  }, [diagram, drawn, selected]);

  useEffect(() => {
    if (!diagram || !drawn || !host.current) return undefined;
    return followFont(host.current, () => {
      for (const element of diagram.get('elementRegistry').filter(({ id }) => drawn.isPart(id)))
        diagram.get('eventBus').fire('element.changed', { element });
    });
  }, [diagram, drawn]);

  const marks = useMemo(() => diagram && new Marks(diagram.get('canvas'), diagram.get('elementRegistry')), [diagram]);
  const comparison = 'comparison' in shown ? shown.comparison : null;

  useEffect(() => {
    if (!diagram || !drawn || !marks) return;
    const badges = new Map<string, Mark>();
    const lines = new Map<string, Mark>();
    for (const [node, mark] of comparison?.nodes ?? []) {
      const element = drawn.elementOf(node);
      if (element !== undefined) badges.set(element, mark);
    }
    for (const [at, connection] of drawn.model.connections.entries()) {
      const mark = comparison?.connections.get(connectionKey(connection));
      const element = drawn.lineOf(at);
      if (mark && element) lines.set(element, mark);
    }
    for (const mark of ['added', 'changed', 'removed'] as const)
      marks.only(
        `sl-${mark}`,
        [...badges, ...lines].flatMap(([element, each]) => (each === mark ? [element] : [])),
      );
    showBadges(diagram.get('overlays'), badges);
  }, [diagram, drawn, marks, comparison]);

  useEffect(() => {
    if (!diagram || !drawn) return;
    const counts = new Map<string, NodeCounts>();
    for (const [node, count] of Object.entries(overlays ?? {})) {
      const element = drawn.elementOf(node);
      if (element !== undefined) counts.set(element, count);
    }
    const registry = diagram.get('elementRegistry');
    showCounts(diagram.get('overlays'), counts, (element) => registry.get(element)?.width ?? 0);
  }, [diagram, drawn, overlays]);

  useEffect(() => {
    if (diagram && drawn)
      showBreakpoints(
        diagram.get('overlays'),
        [...(breakpoints ?? [])].flatMap((node) => drawn.elementOf(node) ?? []),
      );
  }, [diagram, drawn, breakpoints]);

  useEffect(() => {
    if (!diagram || !drawn || !marks) return undefined;
    const on = drawn.wayOf(way?.steps ?? []);
    const all = diagram
      .get('elementRegistry')
      .filter(({ id }) => drawn.isPart(id))
      .map(({ id }) => id);
    const onWay = new Set([...on.elements, ...on.lines]);
    marks.only('sl-off', way ? all.filter((id) => !onWay.has(id)) : []);
    marks.only(
      'sl-failed',
      (way?.failed ?? []).flatMap((node) => drawn.elementOf(node) ?? []),
    );
    if (!way || play === undefined) {
      marks.only('sl-way', onWay);
      return undefined;
    }
    const reached = new Set<string>(on.elements.slice(0, 1));
    marks.only('sl-way', reached);
    const registry = diagram.get('elementRegistry');
    const points = on.lines.map((id) => (registry.get(id)?.waypoints ?? []) as readonly Point[]);
    const layer = host.current?.querySelector<SVGElement>('.djs-container > svg .viewport');
    if (!layer) return undefined;
    return travel(layer, points, (at) => {
      const line = on.lines[at]!;
      reached.add(line);
      const target = registry.get(line)?.target?.id;
      if (target) reached.add(target);
      marks.only('sl-way', reached);
    });
  }, [diagram, drawn, marks, way, play]);

  const jump = ({ node, connection }: Comparison['lines'][number]): void => {
    if (!diagram || !drawn) return;
    const at = connection
      ? drawn.model.connections.findIndex((each) => connectionKey(each) === connectionKey(connection))
      : -1;
    const element = node === undefined ? drawn.lineOf(at) : drawn.elementOf(node);
    const shape = diagram.get('elementRegistry').get(element ?? '');
    if (!shape) return;
    diagram.get('selection').select(shape);
    diagram.get('canvas').scrollToElement(shape, 120);
  };

  return (
    <div className="sluice-editor" data-read-only="true">
      <span />
      <div className="sl-centre">
        <div className="sl-canvas-frame">
          <div ref={host} className="sl-canvas" data-testid="viewer" data-ready={drawn !== null || undefined} />
          {comparison ? (
            <div className="sl-legend">
              {(['added', 'changed', 'removed'] as const).map((mark) => (
                <span key={mark} className={`sl-mark-${mark}`}>
                  {mark} {comparison.lines.filter((line) => line.mark === mark).length}
                </span>
              ))}
            </div>
          ) : null}
        </div>
      </div>
      {comparison ? (
        <aside className="sl-panel sl-changes" aria-label="Changes">
          <header className="sl-head">
            <div className="sl-head-words">
              <div className="sl-head-title">{comparison.lines.length === 0 ? 'No difference' : 'What changed'}</div>
              <div className="sl-head-sub">
                {comparison.lines.length === 0
                  ? 'Both versions mean the same; only where things are drawn may differ.'
                  : 'Choose a line to see its place.'}
              </div>
            </div>
          </header>
          <div className="sl-scroll">
            {comparison.lines.map((line) => (
              <button
                key={`${line.mark} ${line.text}`}
                type="button"
                className="sl-change"
                data-mark={line.mark}
                onClick={() => jump(line)}
              >
                <b aria-hidden="true">{SIGNS[line.mark]}</b>
                <span>{line.text}</span>
              </button>
            ))}
          </div>
        </aside>
      ) : (
        <span />
      )}
    </div>
  );
}

const placeOf = (canvas: Services['canvas']): string => {
  const { x, y, scale } = canvas.viewbox();
  return [x, y, scale].join(' ');
};

function fit(canvas: Services['canvas']): string {
  fitView(canvas);
  return placeOf(canvas);
}

const SIGNS: Readonly<Record<Mark, string>> = { added: '+', changed: '~', removed: '−' };

/** One version as it is, or two as one picture: the newer document with what it no longer has drawn into it. */
function documentOf(bpmn: string, before: string | undefined): { text: string; comparison: Comparison | null } {
  if (before === undefined) return { text: bpmn, comparison: null };
  const [old, now]: TopologyModel[] = [fromBpmn(before).model, fromBpmn(bpmn).model];
  const comparison = compareVersions(old!, now!);
  return { text: toBpmn({ ...comparison.union, layout: now!.layout }), comparison };
}
