// One search for all that may come next: kinds of step and actions, by keyboard alone.

import { TextInput } from '@mantine/core';
import { IconSearch } from '@sluice/icons';
import { START_KINDS } from '@sluice/topology';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { searchActions } from '../../model/catalogue.ts';
import { ofKind } from '../../model/edits.ts';
import { KINDS, searchKinds } from '../../model/kinds.ts';
import { useEditor } from '../../view/context.ts';
import { Sign } from '../../view/Sign.tsx';
import type { Menu, NewNode } from '../../view/session.ts';

const TITLES: Readonly<Record<Menu['mode'], string>> = {
  create: 'Add a step',
  append: 'Append a step',
  replace: 'Change into',
  'on-error': 'On an error',
  'on-timer': 'When it takes too long',
  insert: 'Insert a step',
};

interface Choice extends NewNode {
  readonly key: string;
  readonly label: string;
  readonly says: string;
}

export function AppendMenu({ menu }: { readonly menu: Menu }) {
  const { session, catalogue } = useEditor();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const choices = useMemo<Choice[]>(() => {
    const begins = menu.mode === 'create' || menu.mode === 'replace';
    const kinds = searchKinds(query)
      .filter((kind) => begins || !START_KINDS.has(kind))
      .map((kind) => ({ kind, key: kind, label: KINDS[kind].label, says: KINDS[kind].does }));
    const actions = searchActions(catalogue, query).flatMap(({ worker, actions: offers }) =>
      offers.map(({ name, kind, label }) => ({
        kind,
        worker: worker.name,
        action: name,
        key: `${worker.name}/${name}`,
        label: label ?? name,
        says: `${worker.name}${worker.up ? '' : ' (not connected)'}`,
      })),
    );
    return query === '' ? [...kinds, ...actions] : [...actions, ...kinds];
  }, [query, catalogue, menu.mode]);
  const now = Math.min(at, choices.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const choose = (choice: Choice | undefined): void => {
    if (!choice) return;
    session.closeMenu();
    const { kind, worker, action } = choice;
    const wanted = { kind, worker, action };
    const element = menu.element ?? '';
    const node = session.nodeOfElement(element);
    if (menu.mode === 'insert') void session.add(wanted, { into: session.connectionOfElement(element) });
    else if (menu.mode === 'replace' && node !== undefined)
      void session.setNode(node, (before) => ({
        ...ofKind(before, kind),
        ...(worker ? { worker } : {}),
        ...(action ? { action } : {}),
      }));
    else if (node === undefined) void session.add(wanted);
    else if (menu.mode === 'on-error') void session.add(wanted, { after: node, on: 'error' });
    else if (menu.mode === 'on-timer') void session.add(wanted, { after: node, on: 'timer' });
    else void session.add(wanted, { after: node });
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(now + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(now - 1, 0));
    else if (event.key === 'Enter') choose(choices[now]);
    else if (event.key === 'Escape') session.closeMenu();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const left = Math.max(8, Math.min(menu.x, window.innerWidth - 332));
  const top = Math.max(8, Math.min(menu.y, window.innerHeight - 412));
  return (
    <>
      <div
        style={{ position: 'fixed', inset: 0, zIndex: 399 }}
        aria-hidden="true"
        onPointerDown={() => session.closeMenu()}
      />
      <div className="sl-menu" style={{ left, top }} role="dialog" aria-label={TITLES[menu.mode]}>
        <div className="sl-menu-search">
          <TextInput
            data-autofocus
            autoFocus
            size="sm"
            radius="md"
            role="combobox"
            aria-expanded="true"
            aria-controls="sl-choices"
            aria-label={TITLES[menu.mode]}
            placeholder={`${TITLES[menu.mode]}: search kinds and actions`}
            leftSection={<IconSearch size={15} />}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={keys}
          />
        </div>
        <div ref={list} className="sl-scroll" id="sl-choices" role="listbox" style={{ padding: 6 }}>
          {choices.map((choice, index) => (
            <button
              key={choice.key}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={index === now}
              className="sl-item"
              onPointerMove={() => setAt(index)}
              onClick={() => choose(choice)}
            >
              <Sign kind={choice.kind} small />
              <span className="sl-two">
                <span>{choice.label}</span>
                <span>{choice.says}</span>
              </span>
            </button>
          ))}
          {choices.length === 0 ? <div className="sl-empty">Nothing is called that.</div> : null}
        </div>
      </div>
    </>
  );
}
