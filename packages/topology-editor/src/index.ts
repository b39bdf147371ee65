// Door of the process editor: components to draw a process and to look at one, and what a host needs around them.
//
// The host brings the document, the catalogue and the acts that need a server; the editor knows no HTTP. Its look is
// `@sluice/topology-editor/style.css`.

export type { Evaluated } from './features/expression/ExpressionField.tsx';
export type { NodeCounts } from './features/marks/marks.ts';
export {
  type ActionOffer,
  type Binding,
  type BindingState,
  bindingState,
  type Catalogue,
  type WorkerOffer,
} from './model/catalogue.ts';
export { durationText, parseDuration } from './model/duration.ts';
export { KINDS, type KindWords } from './model/kinds.ts';
export { type ChangeLine, type Comparison, compareVersions, type Mark } from './model/marks.ts';
export { remapWorkers, suggestWorkers, workersOf } from './model/remap.ts';
export { type Schedule, scheduleOf } from './model/schedule.ts';
export type { Located } from './model/targets.ts';
export { readTypeScript, type TextProblem, type TextReading } from './text/read.ts';
export { Sign } from './view/Sign.tsx';
export type { NewNode, Saved } from './view/session.ts';
export {
  ACTION_DRAG_TYPE,
  type EditorChange,
  type EditorHandle,
  TopologyEditor,
  type TopologyEditorProps,
} from './view/TopologyEditor.tsx';
export { TopologyViewer, type TopologyViewerProps, type Way } from './view/TopologyViewer.tsx';
