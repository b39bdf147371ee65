// One connection: when it is taken.

import { Select, TagsInput } from '@mantine/core';
import { IconArrowRight } from '@sluice/icons';
import type { Connection, TopologyModel } from '@sluice/topology';
import { titleOf } from '../../model/detail.ts';
import { connectionChanged } from '../../model/edits.ts';
import { useEditor } from '../../view/context.ts';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { FieldControl } from './Fields.tsx';

const ON = [
  { value: 'flow', label: 'When the step is done' },
  { value: 'error', label: 'On an error, instead of trash' },
  { value: 'timer', label: 'When it takes too long' },
  { value: 'compensation', label: 'To undo what the step did' },
];

interface ConnectionPanelProps {
  readonly connection: Connection;
  readonly model: TopologyModel;
}

export function ConnectionPanel({ connection, model }: ConnectionPanelProps) {
  const { session, readOnly } = useEditor();
  const ends = [connection.from, connection.to].map((id) => model.nodes.find((node) => node.id === id));
  const set = (change: Partial<Connection>): void => {
    const next = { ...connection, ...change };
    for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name];
    void session
      .edit(connectionChanged(connection, next))
      .then(() => session.settled())
      .then(() => {
        const at = session.state.model.connections.findIndex(
          ({ from, to, on }) => from === next.from && to === next.to && on === next.on,
        );
        session.selectConnection(at);
      });
  };
  const router = ends[0]?.kind === 'router';
  return (
    <>
      <header className="sl-head">
        <span className="sl-sign sl-tone-slate">
          <IconArrowRight size={20} />
        </span>
        <div className="sl-head-words">
          <div className="sl-head-title">
            {ends.map((node, at) => (node ? titleOf(node) : [connection.from, connection.to][at])).join(' → ')}
          </div>
          <div className="sl-head-sub">Connection</div>
        </div>
      </header>
      <div className="sl-scroll">
        {connection.notRunnable === undefined ? null : (
          <section className="sl-section sl-fault">This connection cannot run: {connection.notRunnable}.</section>
        )}
        <section className="sl-section sl-fields">
          <Select
            size="xs"
            label="Taken"
            allowDeselect={false}
            disabled={readOnly}
            data={ON}
            value={connection.on ?? 'flow'}
            onChange={(value) => {
              const on = value === 'flow' ? undefined : (value as NonNullable<Connection['on']>);
              set({ on, codes: undefined, afterMs: on === 'timer' ? 60_000 : undefined });
            }}
          />
          {connection.on === 'error' ? (
            <TagsInput
              size="xs"
              label="Only these codes"
              description="Without any: every error that no other path names."
              disabled={readOnly}
              value={connection.codes ?? []}
              onChange={(codes) => set({ codes: codes.length > 0 ? codes : undefined })}
            />
          ) : null}
          {connection.on === 'timer' ? (
            <FieldControl
              field={{ name: 'afterMs', label: 'After', control: { type: 'duration' }, required: true }}
              value={connection.afterMs}
              onChange={(afterMs) => {
                if (typeof afterMs === 'number' && afterMs > 0) set({ afterMs });
              }}
            />
          ) : null}
          {connection.on === 'compensation' ? null : (
            <ExpressionField
              label="Condition"
              hint={
                router
                  ? 'Without a condition it is the way that is taken when no other is.'
                  : 'Without a condition every message goes this way.'
              }
              lines={3}
              value={connection.when ?? ''}
              onChange={(when) => set({ when: when.trim() === '' ? undefined : when })}
            />
          )}
        </section>
      </div>
    </>
  );
}
