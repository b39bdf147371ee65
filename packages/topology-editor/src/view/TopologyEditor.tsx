// The process editor: palette, canvas, properties, problems and text, around one session.

import { useMantineStyleNonce } from '@mantine/core';
import type { TopologyModel } from '@sluice/topology';
import {
  type DragEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { AppendMenu } from '../features/append/AppendMenu.tsx';
import { prepareCode } from '../features/expression/Code.tsx';
import type { Evaluated } from '../features/expression/ExpressionField.tsx';
import { jsonata } from '../features/expression/jsonata.ts';
import { Help } from '../features/help/Help.tsx';
import type { Act } from '../features/keys/keys.ts';
import { Alarms, Marks, type NodeCounts, showCounts } from '../features/marks/marks.ts';
import { Palette } from '../features/palette/Palette.tsx';
import { Problems } from '../features/problems/Problems.tsx';
import { Properties } from '../features/properties/Properties.tsx';
import { TextPanel } from '../features/text/TextPanel.tsx';
import { Toolbar, Zoom } from '../features/toolbar/Toolbar.tsx';
import { type Catalogue, EMPTY_CATALOGUE } from '../model/catalogue.ts';
import { KINDS } from '../model/kinds.ts';
import type { Located } from '../model/targets.ts';
import { Context, type EditorContext, useEditor, useNow } from './context.ts';
import { followGrid } from './grid.ts';
import { rehearse } from './rehearse.ts';
import { type Near, type NewNode, type Saved, Session } from './session.ts';
import { followSize } from './size.ts';

/** Drag data by which a host's own panel offers an action: JSON of `{kind, worker?, action?}`. */
export const ACTION_DRAG_TYPE = 'application/x-sluice-action';

export interface TopologyEditorProps {
  /** The document; another text opens it anew. Without one an empty process called `name`. */
  readonly bpmn?: string | undefined;
  readonly name?: string | undefined;
  readonly catalogue?: Catalogue | undefined;
  readonly readOnly?: boolean | undefined;
  /** After each change. The document itself is written when it is asked for: see `EditorHandle.save`. */
  readonly onChange?: ((change: EditorChange) => void) | undefined;
  /** A document could not be opened, or an act could not be done; what was there stays. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  readonly onSelect?: ((nodes: readonly string[]) => void) | undefined;
  /** Messages at each node now, by its id. */
  readonly overlays?: Readonly<Record<string, NodeCounts>> | undefined;
  readonly onRun?: ((node: string) => void) | undefined;
  /** Evaluate JSONata over a sample, away from the browser; without it there is no preview. */
  readonly evaluate?: ((expression: string, sample: unknown) => Promise<Evaluated>) | undefined;
  /** What is wrong with an expression, or null; without it expressions are checked when the process is published. */
  readonly expressionFault?: ((expression: string) => string | null) | undefined;
  /** A message on which expressions are tried, until the user writes another. */
  readonly sample?: unknown;
  /** Where the sample comes from, in words for the user. */
  readonly sampleFrom?: string | undefined;
  /** Node to select and bring into view. */
  readonly focus?: string | undefined;
  readonly ref?: Ref<EditorHandle> | undefined;
}

export interface EditorChange {
  readonly model: TopologyModel;
  readonly problems: readonly Located[];
  /** Something was done since it was opened or saved. */
  readonly dirty: boolean;
}

export interface EditorHandle {
  /** The document, lossless, with the model and its problems read from it. */
  save(): Promise<Saved>;
  open(bpmn: string): Promise<void>;
  focus(node: string): void;
  add(node: NewNode, near?: Near): Promise<string>;
  arrange(): Promise<void>;
  undo(): void;
  redo(): void;
  /** Resolves when everything that was asked for is drawn and read. */
  settled(): Promise<void>;
}

const SAMPLE = { body: { id: 1001, kind: 'order', lines: [{ sku: 'A-1', quantity: 2 }] }, headers: {}, user: 'system' };

const NO_SAMPLE = (): unknown => null;

export function TopologyEditor(props: TopologyEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const [session, setSession] = useState<Session | null>(null);
  const [text, setText] = useState(false);
  const [help, setHelp] = useState(false);
  const [problems, setProblems] = useState(false);
  const calls = useRef(props);
  calls.current = props;

  const act = useCallback((what: Act): void => {
    if (what === 'help') setHelp(true);
    else if (what === 'text') setText((on) => !on);
    else if (what === 'problems') setProblems((on) => !on);
    else if (what === 'properties') panel(host.current)?.focus();
  }, []);

  const nonce = useMantineStyleNonce()?.() ?? '';
  // Before there is anything on the canvas that would be styled anew.
  useEffect(() => prepareCode(nonce, jsonata(NO_SAMPLE)), [nonce]);
  useEffect(() => {
    const created = new Session(host.current!, {
      onAct: (what) => (what === 'next-problem' ? nextProblem(created) : act(what)),
      expressionFault: (expression) => calls.current.expressionFault?.(expression) ?? null,
    });
    followGrid(host.current!, created.get('eventBus'), created.get('canvas'));
    const unfollow = followSize(host.current!, created.get('canvas'));
    setSession(created);
    return () => {
      unfollow();
      created.close();
    };
  }, [act]);

  const { bpmn, name, readOnly = false, catalogue = EMPTY_CATALOGUE, evaluate, expressionFault, onRun } = props;
  useEffect(() => {
    session?.open(bpmn, name).then(
      () => calls.current.readOnly || rehearse(),
      (error: unknown) => calls.current.onFault?.(error),
    );
  }, [session, bpmn, name]);

  // Beside a text there is less room: what was in view is brought into it again.
  const wide = useRef(true);
  useEffect(() => {
    if (wide.current !== text) return;
    wide.current = !text;
    session?.fit();
  }, [session, text]);

  const [written, setSample] = useState<string | null>(null);
  const offered = useMemo(() => JSON.stringify(props.sample ?? SAMPLE, null, 2), [props.sample]);
  const sample = written ?? offered;
  const sampleFrom = written === null ? props.sampleFrom : null;
  const context = useMemo<EditorContext | null>(
    () => session && { session, catalogue, readOnly, evaluate, expressionFault, sample, sampleFrom, setSample, onRun },
    [session, catalogue, readOnly, evaluate, expressionFault, sample, sampleFrom, onRun],
  );

  useImperativeHandle(
    props.ref,
    (): EditorHandle => ({
      save: () => opened(session).save(),
      open: (document) => opened(session).open(document),
      focus: (node) => opened(session).jump({ node }),
      add: (node, near) => opened(session).add(node, near),
      arrange: () => opened(session).arrange(),
      undo: () => opened(session).get('commandStack').undo(),
      redo: () => opened(session).get('commandStack').redo(),
      settled: () => opened(session).settled(),
    }),
    [session],
  );

  return (
    <div className="sluice-editor" data-read-only={readOnly || undefined} data-text={text || undefined}>
      {context && !readOnly && !text ? (
        <Context value={context}>
          <Palette />
        </Context>
      ) : (
        <span />
      )}
      <div className="sl-centre">
        <div className="sl-stage">
          <div className="sl-canvas-frame" {...(session && !readOnly ? dropOf(session) : {})}>
            <div ref={host} className="sl-canvas" data-testid="canvas" />
            {context ? (
              <Context value={context}>
                <Surface
                  overlays={props.overlays}
                  focus={props.focus}
                  onChange={props.onChange}
                  onSelect={props.onSelect}
                  onFault={props.onFault}
                />
                <Toolbar text={text} onText={() => setText(!text)} onHelp={() => setHelp(true)} />
                <Zoom />
              </Context>
            ) : null}
          </div>
          {context && text ? (
            <Context value={context}>
              <TextPanel />
            </Context>
          ) : null}
        </div>
        {context ? (
          <Context value={context}>
            <Problems open={problems} onToggle={() => setProblems(!problems)} />
          </Context>
        ) : null}
      </div>
      {context ? (
        <Context value={context}>
          <Properties />
        </Context>
      ) : (
        <span />
      )}
      <Help open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

interface SurfaceProps {
  readonly overlays: TopologyEditorProps['overlays'];
  readonly focus: string | undefined;
  readonly onChange: TopologyEditorProps['onChange'];
  readonly onSelect: TopologyEditorProps['onSelect'];
  readonly onFault: TopologyEditorProps['onFault'];
}

/** What lies over the canvas and follows its state. */
function Surface({ overlays, focus, onChange, onSelect, onFault }: SurfaceProps) {
  const { session, readOnly } = useEditor();
  const ready = useNow('ready');
  const model = useNow('model');
  const problems = useNow('problems');
  const dirty = useNow('dirty');
  const selected = useNow('selected');
  const menu = useNow('menu');
  const notice = useNow('notice');
  const marks = useMemo(() => new Marks(session.get('canvas'), session.get('elementRegistry')), [session]);
  const alarms = useMemo(() => new Alarms(session.get('overlays')), [session]);
  const calls = useRef({ onChange, onSelect, onFault });
  calls.current = { onChange, onSelect, onFault };

  useEffect(() => {
    if (ready) calls.current.onChange?.({ model, problems, dirty });
  }, [ready, model, problems, dirty]);
  useEffect(() => calls.current.onSelect?.(selected), [selected]);
  useEffect(() => {
    if (notice !== null) calls.current.onFault?.(new Error(notice));
  }, [notice]);
  useEffect(() => {
    if (ready && focus !== undefined) session.jump({ node: focus });
  }, [ready, focus, session]);

  useEffect(() => {
    if (!ready) return;
    const messages = new Map<string, string[]>();
    for (const { node, connection, message } of problems) {
      const element = node === undefined ? session.connectionElement(connection ?? -1) : session.elementOf(node);
      if (!element) continue;
      const list = messages.get(element);
      if (list) list.push(message);
      else messages.set(element, [message]);
    }
    marks.only('sl-bad', messages.keys());
    const shapes = [...messages].filter(([id]) => session.get('elementRegistry').get(id)?.waypoints === undefined);
    alarms.only(new Map(shapes.filter(([id]) => session.get('elementRegistry').get(id))));
  }, [ready, problems, session, marks, alarms]);

  useEffect(() => {
    if (!ready) return;
    const registry = session.get('elementRegistry');
    const counts = new Map<string, NodeCounts>();
    for (const [node, count] of Object.entries(overlays ?? {})) {
      const element = session.elementOf(node);
      if (element !== undefined && registry.get(element)) counts.set(element, count);
    }
    showCounts(session.get('overlays'), counts, (element) => registry.get(element)?.width ?? 0);
  }, [ready, overlays, session]);

  useEffect(() => {
    if (readOnly) return undefined;
    const container = session.get('canvas').getContainer();
    const within = (): boolean =>
      container.contains(document.activeElement) && !session.get('directEditing').isActive();
    const copy = (event: ClipboardEvent): void => {
      const text = within() ? session.copy() : null;
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') session.remove();
    };
    const paste = (event: ClipboardEvent): void => {
      if (!within()) return;
      void session.paste(event.clipboardData?.getData('text/plain') ?? '');
      event.preventDefault();
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, [session, readOnly]);

  return (
    <>
      {ready && model.nodes.length === 0 && !readOnly ? (
        <div className="sl-hello">
          <b>Draw your first step</b>
          Drag a start from the left, or press A and type what you need.
        </div>
      ) : null}
      {menu ? <AppendMenu key={`${menu.mode} ${menu.element}`} menu={menu} /> : null}
    </>
  );
}

function opened(session: Session | null): Session {
  if (!session) throw new Error('The editor is not shown yet.');
  return session;
}

const panel = (host: HTMLElement | null): HTMLElement | null =>
  host?.closest('.sluice-editor')?.querySelector('.sl-properties input') ?? null;

function nextProblem(session: Session): void {
  const { problems, selected } = session.state;
  const at = problems.findIndex(({ node }) => node !== undefined && node === selected[0]);
  const next = problems[(at + 1) % Math.max(1, problems.length)];
  if (next) session.jump(next);
}

/** An action of a panel of the host may be dropped, on the canvas or on a line. */
function dropOf(session: Session) {
  const offers = (event: DragEvent): boolean => event.dataTransfer.types.includes(ACTION_DRAG_TYPE);
  const mark = (event: DragEvent, on: boolean): void => {
    event.currentTarget.classList.toggle('sl-dropping', on);
  };
  return {
    onDragOver: (event: DragEvent) => {
      if (!offers(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      mark(event, true);
    },
    onDragLeave: (event: DragEvent) => mark(event, false),
    onDrop: (event: DragEvent) => {
      mark(event, false);
      if (!offers(event)) return;
      event.preventDefault();
      const wanted = offered(event.dataTransfer.getData(ACTION_DRAG_TYPE));
      if (!wanted) return;
      const canvas = session.get('canvas');
      const box = canvas.getContainer().getBoundingClientRect();
      const { x, y, scale } = canvas.viewbox();
      const at = {
        x: Math.round(x + (event.clientX - box.left) / scale),
        y: Math.round(y + (event.clientY - box.top) / scale),
      };
      const under = document.elementFromPoint(event.clientX, event.clientY)?.closest('.djs-connection');
      const into = session.connectionOfElement(under?.getAttribute('data-element-id') ?? '');
      void session.add(wanted, into >= 0 ? { into } : { at });
    },
  };
}

function offered(text: string): NewNode | null {
  try {
    const { kind, worker, action } = JSON.parse(text) as Record<string, unknown>;
    if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) return null;
    const word = (value: unknown): string | undefined =>
      typeof value === 'string' && value !== '' ? value : undefined;
    return { kind: kind as NewNode['kind'], worker: word(worker), action: word(action) };
  } catch {
    // What another page dragged here is none of ours.
    return null;
  }
}
