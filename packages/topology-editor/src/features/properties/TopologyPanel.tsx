// Nothing is selected: the process as a whole.

import { Select, Textarea } from '@mantine/core';
import { type Change, NAME_PATTERN, type TopologyModel } from '@sluice/topology';
import { useEffect, useState } from 'react';
import { useEditor } from '../../view/context.ts';
import { DraftField } from './Fields.tsx';

export function TopologyPanel({ model }: { readonly model: TopologyModel }) {
  const { session, readOnly } = useEditor();
  const [draft, setDraft] = useState(model.description ?? '');
  const [wrong, setWrong] = useState<string | undefined>();
  useEffect(() => setDraft(model.description ?? ''), [model.description]);
  const change = (path: readonly string[], before: unknown, after: unknown): void => {
    const side = (name: string, value: unknown): object => (value === undefined ? {} : { [name]: value });
    void session.edit([
      { change: 'topology.changed', path, ...side('before', before), ...side('after', after) } as Change,
    ]);
  };
  return (
    <>
      <header className="sl-head">
        <div className="sl-head-words">
          <div className="sl-head-title">{model.name}</div>
          <div className="sl-head-sub">
            {model.nodes.length} steps, {model.connections.length} connections
          </div>
        </div>
      </header>
      <div className="sl-scroll">
        <section className="sl-section sl-fields">
          <DraftField
            label="Name"
            value={model.name}
            disabled={readOnly}
            error={wrong}
            hint="Letters, digits, dots and dashes: it is part of addresses."
            onCommit={(name) => {
              const fine = NAME_PATTERN.test(name);
              setWrong(fine ? undefined : 'A name begins with a letter or digit and has no spaces.');
              if (fine) change(['name'], model.name, name);
            }}
          />
          <Textarea
            size="xs"
            label="Description"
            autosize
            minRows={3}
            maxRows={12}
            disabled={readOnly}
            placeholder="What this process is for"
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={() => {
              if (draft !== (model.description ?? ''))
                change(['description'], model.description, draft === '' ? undefined : draft);
            }}
          />
          {model.connections.some(({ on }) => on === 'compensation') ? (
            <Select
              size="xs"
              label="A failed process is undone"
              clearable
              disabled={readOnly}
              placeholder="when a person says so"
              data={[
                { value: 'on-failure', label: 'by itself' },
                { value: 'manual', label: 'when a person says so' },
              ]}
              value={model.settings?.compensate ?? null}
              onChange={(value) => change(['settings', 'compensate'], model.settings?.compensate, value ?? undefined)}
            />
          ) : null}
        </section>
        <section className="sl-section">
          <h3 className="sl-section-title">Draw</h3>
          <div className="sl-hint">
            Drag a step from the left, or press <b>A</b> and type what you need. Press <b>?</b> for all keys.
          </div>
        </section>
      </div>
    </>
  );
}
