// The process as TypeScript beside its picture, in step both ways. It is read, never run.

import { javascript } from '@codemirror/lang-javascript';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, lineNumbers } from '@codemirror/view';
import { diff, type TopologyModel, toTypeScript } from '@sluice/topology';
import { useEffect, useMemo, useRef, useState } from 'react';
import { readTypeScript, type TextReading } from '../../text/read.ts';
import { useEditor, useNow } from '../../view/context.ts';
import { Code } from '../expression/Code.tsx';

const mark = StateEffect.define<readonly { readonly from: number; readonly to: number }[]>();
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (set, transaction) => {
    let now = set.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(mark)) {
        const { doc } = transaction.state;
        const lines = new Set<number>();
        for (const { from, to } of effect.value)
          for (
            let at = doc.lineAt(Math.min(from, doc.length)).number;
            at <= doc.lineAt(Math.min(to, doc.length)).number;
            at++
          )
            lines.add(at);
        now = Decoration.set(
          [...lines].sort((a, b) => a - b).map((at) => Decoration.line({ class: 'sl-here' }).range(doc.line(at).from)),
        );
      }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function TextPanel() {
  const { session, readOnly } = useEditor();
  const model = useNow('model');
  const selected = useNow('selected');
  const connection = useNow('connection');
  const printed = useMemo(() => print(model), [model]);
  const [text, setText] = useState(printed.text);
  const [reading, setReading] = useState<TextReading>(() => readTypeScript(printed.text));
  const view = useRef<EditorView | null>(null);
  const typing = useRef(false);
  const last = useRef(model);
  last.current = model;

  useEffect(() => {
    if (typing.current) return;
    setText(printed.text);
    setReading(readTypeScript(printed.text));
  }, [printed]);

  const typed = (value: string): void => {
    typing.current = true;
    setText(value);
  };

  useEffect(() => {
    if (!typing.current) return undefined;
    const later = setTimeout(() => {
      const read = readTypeScript(text);
      setReading(read);
      // What somebody writes stays as it is written; only when the field is left it is printed anew.
      if (!read.model) return;
      const { layout: _, ...before } = last.current;
      void session.edit(diff(before, read.model)).then(() => session.settled());
    }, 500);
    return () => clearTimeout(later);
  }, [text, session]);

  const left = (): void => {
    if (!typing.current || reading.problems.length > 0) return;
    typing.current = false;
    void session.settled().then(() => setText(print(session.state.model).text));
  };

  useEffect(() => {
    const now = view.current;
    if (!now) return;
    const diagnostics = reading.problems.map(({ from, to, message }): Diagnostic => {
      const length = now.state.doc.length;
      return { from: Math.min(from, length), to: Math.min(Math.max(to, from), length), message, severity: 'error' };
    });
    now.dispatch(setDiagnostics(now.state, diagnostics));
  }, [reading]);

  useEffect(() => {
    const now = view.current;
    if (!now) return;
    const ranges = [
      ...selected.flatMap((id) => reading.nodes.get(id) ?? []),
      ...(connection === null ? [] : [reading.connections[connection]].filter((range) => range !== undefined)),
    ].filter(({ to }) => to <= now.state.doc.length);
    const [first] = ranges;
    now.dispatch({ effects: mark.of(ranges) });
    if (first && !now.hasFocus) now.dispatch({ effects: EditorView.scrollIntoView(first.from, { y: 'center' }) });
  }, [selected, connection, reading]);

  const places = useRef(reading);
  places.current = reading;
  const extensions = useMemo(
    () => [
      lineNumbers(),
      lintGutter(),
      javascript({ typescript: true }),
      marks,
      EditorView.updateListener.of((update) => {
        if (!update.selectionSet || update.docChanged || !update.view.hasFocus) return;
        const at = update.state.selection.main.head;
        const within = ({ from, to }: { from: number; to: number }): boolean => from <= at && at <= to;
        for (const [id, range] of places.current.nodes) if (within(range)) return session.select([id]);
        const index = places.current.connections.findIndex(within);
        if (index >= 0) session.selectConnection(index);
      }),
    ],
    [session],
  );
  const [problem] = reading.problems;
  return (
    <aside className="sl-panel sl-text" aria-label="Text of the process">
      <div className="sl-scroll">
        <Code
          label="The process as TypeScript"
          value={text}
          onChange={typed}
          onBlur={left}
          extensions={extensions}
          readOnly={readOnly || printed.fault !== null}
          view={(now) => {
            view.current = now;
          }}
        />
      </div>
      {printed.fault !== null || problem ? (
        <div className="sl-text-fault" role="status">
          {printed.fault ?? problem!.message} {problem ? 'The picture shows what was read last.' : ''}
        </div>
      ) : null}
    </aside>
  );
}

/** Two nodes of one id have no text; the picture still shows both. */
function print(model: TopologyModel): { readonly text: string; readonly fault: string | null } {
  try {
    return { text: toTypeScript(model), fault: null };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { text: `// ${fault}\n`, fault };
  }
}
