// The panel of whatever is selected.

import { memo, useDeferredValue, useMemo } from 'react';
import { useNow } from '../../view/context.ts';
import type { State } from '../../view/session.ts';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { ManyPanel } from './ManyPanel.tsx';
import { NodePanel } from './NodePanel.tsx';
import { TopologyPanel } from './TopologyPanel.tsx';

type Shown = Pick<State, 'model' | 'problems' | 'selected' | 'connection' | 'foreign'>;

export function Properties() {
  const model = useNow('model');
  const problems = useNow('problems');
  const selected = useNow('selected');
  const connection = useNow('connection');
  const foreign = useNow('foreign');
  const now = useMemo(
    (): Shown => ({ model, problems, selected, connection, foreign }),
    [model, problems, selected, connection, foreign],
  );
  // The picture answers first; the panel with all its fields is made in pieces after it.
  return (
    <aside className="sl-panel sl-properties" aria-label="Properties">
      <Panel {...useDeferredValue(now)} />
    </aside>
  );
}

const Panel = memo(function Panel({ model, problems, selected, connection, foreign }: Shown) {
  const nodes = model.nodes.filter(({ id }) => selected.includes(id));
  if (nodes.length > 1) return <ManyPanel nodes={nodes} />;
  if (nodes[0]) return <NodePanel key={nodes[0].id} node={nodes[0]} model={model} problems={problems} />;
  const line = connection === null ? undefined : model.connections[connection];
  if (line) return <ConnectionPanel key={`${line.from} ${line.to} ${line.on}`} connection={line} model={model} />;
  if (foreign !== null)
    return (
      <div className="sl-empty">
        <b>Drawn, not run</b>
        <span>It is part of the picture and of no process. Double-click it to change its words.</span>
        <code>{foreign}</code>
      </div>
    );
  return <TopologyPanel model={model} />;
});
