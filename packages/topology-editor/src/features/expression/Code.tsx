// A text field for code. What is typed is told as it is typed; what comes from outside replaces it, caret kept.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, placeholder as ghost, keymap } from '@codemirror/view';
import { useMantineStyleNonce } from '@mantine/core';
import { type CSSProperties, useEffect, useRef } from 'react';
import { plainTyping } from '../../typing.ts';
import { codeLook } from './theme.ts';

export interface CodeProps {
  readonly value: string;
  readonly onChange?: ((value: string) => void) | undefined;
  readonly onBlur?: (() => void) | undefined;
  readonly extensions?: Extension;
  readonly placeholder?: string | undefined;
  readonly label: string;
  readonly readOnly?: boolean | undefined;
  readonly minLines?: number;
  readonly view?: ((view: EditorView | null) => void) | undefined;
}

/** What brings style sheets with it. They are made as they are needed: the policy of a page knows them by the nonce. */
const looks = (nonce: string, extensions: Extension): Extension => [
  EditorView.cspNonce.of(nonce),
  bracketMatching(),
  extensions,
  codeLook,
];

/**
 * Put the style sheets of a field with these extensions on the page. One that comes later has every element of the page
 * styled anew, which among hundreds of steps takes as long as the field itself.
 */
export function prepareCode(nonce: string, extensions: Extension): void {
  new EditorView({ extensions: looks(nonce, extensions) }).destroy();
}

export function Code({
  value,
  onChange,
  onBlur,
  extensions = [],
  placeholder,
  label,
  readOnly,
  minLines = 1,
  view,
}: CodeProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const calls = useRef({ onChange, onBlur });
  calls.current = { onChange, onBlur };
  const frozen = useRef(new Compartment());
  const nonce = useMantineStyleNonce()?.() ?? '';
  const first = useRef({ value, extensions, placeholder, label, readOnly, view, nonce });
  useEffect(() => {
    const begin = first.current;
    const created = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: begin.value,
        extensions: [
          looks(begin.nonce, begin.extensions),
          history(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          plainTyping,
          EditorView.contentAttributes.of({ 'aria-label': begin.label }),
          begin.placeholder ? ghost(begin.placeholder) : [],
          frozen.current.of(EditorState.readOnly.of(begin.readOnly === true)),
          EditorView.updateListener.of((update) => {
            const own = update.transactions.some(
              (change) =>
                change.isUserEvent('input') ||
                change.isUserEvent('delete') ||
                change.isUserEvent('undo') ||
                change.isUserEvent('redo') ||
                change.isUserEvent('move'),
            );
            if (update.docChanged && own) calls.current.onChange?.(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: () => calls.current.onBlur?.() }),
        ],
      }),
    });
    editor.current = created;
    begin.view?.(created);
    return () => {
      begin.view?.(null);
      created.destroy();
    };
  }, []);
  useEffect(() => {
    const now = editor.current;
    if (!now || now.state.doc.toString() === value) return;
    const caret = Math.min(now.state.selection.main.head, value.length);
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value }, selection: { anchor: caret } });
  }, [value]);
  useEffect(() => {
    editor.current?.dispatch({ effects: frozen.current.reconfigure(EditorState.readOnly.of(readOnly === true)) });
  }, [readOnly]);
  return <div ref={host} className="sl-code-host" style={{ '--sl-lines': minLines } as CSSProperties} />;
}
