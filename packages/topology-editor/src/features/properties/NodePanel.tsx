// One step: what it is called, what serves it, what it does, how it is run, where it leads.

import { ActionIcon, Button, Select, Textarea, Tooltip } from '@mantine/core';
import { IconPlayerPlayFilled, IconTrash } from '@sluice/icons';
import { type Node, type TopologyModel, WORKER_KINDS } from '@sluice/topology';
import { useEffect, useMemo, useState } from 'react';
import { titleOf } from '../../model/detail.ts';
import { nodeRenamed, withSetting } from '../../model/edits.ts';
import { type Field, fieldsOf } from '../../model/form.ts';
import { KINDS } from '../../model/kinds.ts';
import type { Located } from '../../model/targets.ts';
import { useEditor } from '../../view/context.ts';
import { Sign } from '../../view/Sign.tsx';
import { ActionPicker } from './ActionPicker.tsx';
import { Branches } from './Branches.tsx';
import { DraftField, FieldControl } from './Fields.tsx';
import { Schedule } from './Schedule.tsx';

interface NodePanelProps {
  readonly node: Node;
  readonly model: TopologyModel;
  readonly problems: readonly Located[];
}

export function NodePanel({ node, model, problems }: NodePanelProps) {
  const { session, catalogue, readOnly, onRun } = useEditor();
  const { own, running } = useMemo(() => fieldsOf(node.kind), [node.kind]);
  const faultOf = (member: string): string | undefined =>
    problems.find((problem) => problem.node === node.id && problem.member === member)?.message;
  const setting = (name: string): unknown => (node.settings as Record<string, unknown> | undefined)?.[name];
  const set = (name: string) => (value: unknown) =>
    void session.setNode(node.id, (before) => withSetting(before, name, value));
  const control = (field: Field) => (
    <FieldControl
      key={field.name}
      field={field}
      value={setting(field.name)}
      fault={setting(field.name) === undefined ? undefined : faultOf(field.name)}
      ghost={GHOSTS[field.name]}
      onChange={set(field.name)}
    />
  );
  const renamed = (id: string): void => {
    const plain = id.trim();
    if (plain !== '' && !model.nodes.some((other) => other.id === plain))
      void session
        .edit(nodeRenamed(node.id, plain))
        .then(() => session.settled())
        .then(() => session.select([plain]));
  };
  return (
    <>
      <header className="sl-head">
        <Sign kind={node.kind} />
        <div className="sl-head-words">
          <div className="sl-head-title">{titleOf(node)}</div>
          <div className="sl-head-sub">
            {KINDS[node.kind].label}, {KINDS[node.kind].does}
          </div>
        </div>
        {onRun && KINDS[node.kind].group === 'begin' ? (
          <Tooltip label="Run from here">
            <ActionIcon
              variant="light"
              color="green"
              size={32}
              radius="md"
              aria-label="Run"
              onClick={() => onRun(node.id)}
            >
              <IconPlayerPlayFilled size={16} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </header>
      <div className="sl-scroll">
        {node.notRunnable === undefined ? null : (
          <section className="sl-section">
            <div className="sl-fault">This step cannot run: {node.notRunnable}.</div>
            <Button
              mt="xs"
              size="compact-xs"
              variant="light"
              disabled={readOnly}
              onClick={() => void session.setNode(node.id, ({ notRunnable: _, ...rest }) => rest)}
            >
              Make it a {KINDS[node.kind].label.toLowerCase()}
            </Button>
          </section>
        )}
        <section className="sl-section sl-fields">
          <DraftField
            label="Name"
            value={node.name ?? ''}
            disabled={readOnly}
            placeholder={titleOf({ ...node, name: undefined })}
            onCommit={(name) =>
              void session.setNode(node.id, ({ name: _, ...rest }) =>
                name.trim() === '' ? rest : { ...rest, name: name.trim() },
              )
            }
          />
          <DraftField
            label="Id"
            mono
            value={node.id}
            disabled={readOnly}
            hint="Its name in addresses, logs and text."
            onCommit={renamed}
          />
        </section>
        {WORKER_KINDS.has(node.kind) ? (
          <section className="sl-section">
            <h3 className="sl-section-title">Served by</h3>
            <ActionPicker node={node} />
          </section>
        ) : null}
        {own.length > 0 ? (
          <section className="sl-section">
            <h3 className="sl-section-title">What it does</h3>
            <div className="sl-fields">
              {own.map((field) => {
                if (field.name === 'topology')
                  return (
                    <Select
                      key={field.name}
                      size="xs"
                      label={field.label}
                      withAsterisk
                      searchable
                      disabled={readOnly}
                      data={known(
                        catalogue.topologies.map(({ name }) => name),
                        setting('topology'),
                      )}
                      value={(setting('topology') as string | undefined) ?? null}
                      placeholder="choose a topology"
                      onChange={(value) => set('topology')(value ?? undefined)}
                    />
                  );
                if (field.name === 'application' && catalogue.applications.length > 0)
                  return (
                    <Select
                      key={field.name}
                      size="xs"
                      label={field.label}
                      searchable
                      clearable
                      disabled={readOnly}
                      data={known(
                        catalogue.applications.map(({ key }) => key),
                        setting('application'),
                      )}
                      value={(setting('application') as string | undefined) ?? null}
                      placeholder="an address alone"
                      onChange={(value) => set('application')(value ?? undefined)}
                    />
                  );
                if (field.name === 'cron')
                  return (
                    <div key={field.name}>
                      {control(field)}
                      <Schedule cron={setting('cron')} timeZone={setting('timeZone')} />
                    </div>
                  );
                return control(field);
              })}
            </div>
          </section>
        ) : null}
        <Branches node={node} model={model} />
        {running.length > 0 ? (
          <section className="sl-section">
            <h3 className="sl-section-title">How it is run</h3>
            <div className="sl-fields">{running.map(control)}</div>
          </section>
        ) : null}
        <Notes id={node.id} />
        {readOnly ? null : (
          <section className="sl-section">
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={15} />}
              onClick={() => session.remove()}
            >
              Remove this step
            </Button>
          </section>
        )}
      </div>
    </>
  );
}

const GHOSTS: Readonly<Record<string, string>> = { prefetch: '64', timeoutMs: '1m', status: '200' };

const known = (names: readonly string[], value: unknown): { value: string; label: string }[] => [
  ...(typeof value === 'string' && !names.includes(value) ? [{ value, label: `${value} (not known here)` }] : []),
  ...names.map((name) => ({ value: name, label: name })),
];

/** Kept where BPMN keeps documentation, so that every tool shows it. */
function Notes({ id }: { readonly id: string }) {
  const { session, readOnly } = useEditor();
  const element = session.elementOf(id) ?? '';
  const written = session.documentation(element);
  const [draft, setDraft] = useState(written);
  useEffect(() => setDraft(written), [written]);
  return (
    <section className="sl-section">
      <h3 className="sl-section-title">Notes</h3>
      <Textarea
        size="xs"
        aria-label="Notes"
        className="sl-growing"
        rows={2}
        disabled={readOnly}
        placeholder="What the next person should know"
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => {
          if (draft !== written) session.document(element, draft);
        }}
      />
    </section>
  );
}
