// The panel of whatever is selected.

import { useDeferredValue } from 'react';
import { useEditor, useSessionState } from '../../view/context.ts';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { ManyPanel } from './ManyPanel.tsx';
import { NodePanel } from './NodePanel.tsx';
import { TopologyPanel } from './TopologyPanel.tsx';

export function Properties() {
  const { session } = useEditor();
  const { model, ...chosen } = useSessionState(session);
  // The picture answers first; another panel with all its fields is made in pieces after it.
  const selected = useDeferredValue(chosen.selected);
  const connection = useDeferredValue(chosen.connection);
  const foreign = useDeferredValue(chosen.foreign);
  const nodes = model.nodes.filter(({ id }) => selected.includes(id));
  const line = connection === null ? undefined : model.connections[connection];
  return (
    <aside className="sl-panel sl-properties" aria-label="Properties">
      {nodes.length > 1 ? (
        <ManyPanel nodes={nodes} />
      ) : nodes[0] ? (
        <NodePanel key={nodes[0].id} node={nodes[0]} />
      ) : line ? (
        <ConnectionPanel key={`${line.from} ${line.to} ${line.on}`} connection={line} />
      ) : foreign !== null ? (
        <div className="sl-empty">
          <b>Drawn, not run</b>
          <span>It is part of the picture and of no process. Double-click it to change its words.</span>
          <code>{foreign}</code>
        </div>
      ) : (
        <TopologyPanel />
      )}
    </aside>
  );
}
