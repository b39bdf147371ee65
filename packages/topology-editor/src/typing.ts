// Door for fields of code. What is typed over a selection is put in its place here: the browser would dress it like what
// it replaces, by an inline style, and the policy of a page refuses those.

import { EditorView } from '@codemirror/view';

export const plainTyping = EditorView.domEventHandlers({
  beforeinput({ data, inputType, isComposing }, view) {
    const { readOnly, selection } = view.state;
    if (inputType !== 'insertText' || data === null || isComposing || readOnly || selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    // It is done: the browser need not do it.
    return true;
  },
});
