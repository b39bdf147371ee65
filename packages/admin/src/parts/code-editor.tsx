// Text of a payload, to read or to change: JSON and XML in colours, with what is wrong in it marked.

import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { bracketMatching, foldGutter, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { plainTyping } from '@sluice/topology-editor/typing';
import { useEffect, useRef } from 'react';

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly language: 'json' | 'xml' | 'text';
  /** Without it the text can only be read. */
  readonly onChange?: ((value: string) => void) | undefined;
}

const nonce = (): string => document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-name)' },
  { tag: [tags.tagName, tags.keyword, tags.bool, tags.null], color: 'var(--code-word)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--code-text)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.comment, tags.punctuation, tags.angleBracket], color: 'var(--code-faint)' },
  { tag: tags.attributeName, color: 'var(--code-name)' },
]);
const look = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', backgroundColor: 'transparent', color: 'inherit' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--mantine-color-dimmed)' },
  '.cm-content': { padding: '8px 0', caretColor: 'currentColor' },
  '.cm-cursor': { borderLeftColor: 'currentColor' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selected)',
  },
});

function languageOf(language: CodeEditorProps['language']): Extension[] {
  if (language === 'json')
    return [
      json(),
      linter((view) => (view.state.doc.toString().trim() === '' ? [] : jsonParseLinter()(view))),
      lintGutter(),
    ];
  return language === 'xml' ? [xml()] : [];
}

export function CodeEditor({ label, value, language, onChange }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const first = useRef(value);
  const readOnly = onChange === undefined;

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          EditorView.cspNonce.of(nonce()),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          lineNumbers(),
          foldGutter(),
          drawSelection(),
          bracketMatching(),
          EditorView.lineWrapping,
          syntaxHighlighting(colours),
          look,
          ...(readOnly
            ? [EditorState.readOnly.of(true), EditorView.editable.of(false)]
            : [history(), plainTyping, keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab])]),
          ...(readOnly && language === 'json' ? [json()] : languageOf(language)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, language, readOnly]);

  useEffect(() => {
    first.current = value;
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={host} style={{ height: '100%', minHeight: 0 }} />;
}
