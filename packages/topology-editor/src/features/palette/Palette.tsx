// What can be put on the canvas: kinds of step, and the actions that workers offer. Drag, or click to append.

import { TextInput } from '@mantine/core';
import { IconSearch } from '@sluice/icons';
import { type DragEvent, useState } from 'react';
import { searchActions } from '../../model/catalogue.ts';
import { GROUPS, type Group, KINDS, searchKinds } from '../../model/kinds.ts';
import { useEditor } from '../../view/context.ts';
import { Sign } from '../../view/Sign.tsx';
import type { NewNode } from '../../view/session.ts';

export function Palette() {
  const { session, catalogue } = useEditor();
  const [query, setQuery] = useState('');
  const kinds = searchKinds(query);
  const found = searchActions(catalogue, query);
  const drag = (wanted: NewNode) => (event: DragEvent) => {
    // The library draws what is dragged, and where it would go.
    event.preventDefault();
    const { nativeEvent } = event;
    void session.shapeOf(wanted).then((shape) => session.get('create').start(nativeEvent, shape));
  };
  const add = (wanted: NewNode) => () => {
    const { selected } = session.state;
    const after = selected.length === 1 ? selected[0] : undefined;
    void session.add(wanted, after === undefined ? {} : { after });
  };
  return (
    <aside className="sl-panel sl-palette" aria-label="Palette">
      <div style={{ padding: 12 }}>
        <TextInput
          size="xs"
          radius="md"
          placeholder="Search steps and actions"
          aria-label="Search steps and actions"
          leftSection={<IconSearch size={14} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <div className="sl-scroll">
        {(Object.keys(GROUPS) as Group[]).map((group) => {
          const members = kinds.filter((kind) => KINDS[kind].group === group);
          return members.length === 0 ? null : (
            <section key={group} aria-label={GROUPS[group]}>
              <div className="sl-group-title">{GROUPS[group]}</div>
              <div className="sl-tiles">
                {members.map((kind) => (
                  <button
                    key={kind}
                    type="button"
                    className="sl-item"
                    draggable
                    data-kind={kind}
                    title={`${KINDS[kind].label}: ${KINDS[kind].does}`}
                    onDragStart={drag({ kind })}
                    onClick={add({ kind })}
                  >
                    <Sign kind={kind} small />
                    <span>{KINDS[kind].label}</span>
                  </button>
                ))}
              </div>
            </section>
          );
        })}
        {found.length > 0 ? <div className="sl-group-title">Actions of workers</div> : null}
        {found.map(({ worker, actions }) => (
          <section key={worker.name} aria-label={`Actions of ${worker.name}`}>
            <div className="sl-worker">
              <span className="sl-up" data-up={worker.up} title={worker.up ? 'connected' : 'not connected'} />
              {worker.name}
            </div>
            <div className="sl-list">
              {actions.map(({ name, kind, label, description }) => (
                <button
                  key={name}
                  type="button"
                  className="sl-item"
                  draggable
                  data-action={name}
                  title={[label ?? name, description].filter(Boolean).join(': ')}
                  onDragStart={drag({ kind, worker: worker.name, action: name })}
                  onClick={add({ kind, worker: worker.name, action: name })}
                >
                  <Sign kind={kind} small />
                  <span className="sl-two">
                    <span>{label ?? name}</span>
                    <span>{label ? name : KINDS[kind].label}</span>
                  </span>
                </button>
              ))}
            </div>
          </section>
        ))}
        {kinds.length === 0 && found.length === 0 ? (
          <div className="sl-empty">
            Nothing is called that. Try another word, or register the worker that offers it.
          </div>
        ) : null}
        <div style={{ height: 16 }} />
      </div>
    </aside>
  );
}
