// CodeMirror in the colours of the editor.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': { color: 'var(--sl-text)', backgroundColor: 'transparent' },
  '.cm-content': { fontFamily: 'var(--sl-mono)', caretColor: 'var(--sl-text)', padding: '7px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--sl-text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--sl-faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--sl-accent-soft)',
  },
  '.cm-placeholder': { color: 'var(--sl-faint)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--sl-panel)',
    border: '1px solid var(--sl-edge)',
    borderRadius: '8px',
    color: 'var(--sl-text)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--sl-accent-soft)',
    color: 'var(--sl-text)',
  },
  '.sl-here': { backgroundColor: 'var(--sl-accent-soft)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--sl-added)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--sl-warn)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--sl-blue)' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.moduleKeyword], color: 'var(--sl-violet)' },
  { tag: [tags.operator, tags.punctuation, tags.bracket], color: 'var(--sl-muted)' },
  { tag: [tags.comment], color: 'var(--sl-faint)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--sl-text)' },
  { tag: [tags.special(tags.variableName)], color: 'var(--sl-blue)' },
]);

export const codeLook: Extension = [look, syntaxHighlighting(colours)];
