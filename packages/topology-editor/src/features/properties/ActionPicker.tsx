// Which worker and action serve a step. One that no worker announces is shown as it is, never lost.

import { Badge, Button, Combobox, Text, useCombobox } from '@mantine/core';
import { IconSearch, IconSelector } from '@sluice/icons';
import { type Node, WORKER_KINDS } from '@sluice/topology';
import { useState } from 'react';
import { type ActionOffer, actionOf, type BindingState, bindingState, searchActions } from '../../model/catalogue.ts';
import { useEditor } from '../../view/context.ts';
import { DraftField } from './Fields.tsx';

const STATES: Readonly<Record<BindingState, { readonly text: string; readonly colour: string }>> = {
  none: { text: 'not chosen', colour: 'yellow' },
  known: { text: 'connected', colour: 'green' },
  'worker-down': { text: 'worker away', colour: 'gray' },
  'worker-unknown': { text: 'worker not known here', colour: 'orange' },
  'action-unknown': { text: 'action not announced', colour: 'orange' },
};

export function ActionPicker({ node }: { readonly node: Node }) {
  const { session, catalogue, readOnly } = useEditor();
  const [query, setQuery] = useState('');
  const [byHand, setByHand] = useState(false);
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      setQuery('');
    },
    onDropdownOpen: () => box.focusSearchInput(),
  });
  const state = bindingState(catalogue, node);
  const offer = actionOf(catalogue, node);
  const chosen = node.action ? (offer?.label ?? node.action) : 'Choose an action';
  const found = searchActions(catalogue, query);
  const bind = (worker: string | undefined, action: string | undefined, kind?: ActionOffer['kind']): void =>
    void session.setNode(node.id, ({ worker: _, action: __, ...rest }) => ({
      ...rest,
      ...(kind && WORKER_KINDS.has(node.kind) ? { kind } : {}),
      ...(worker ? { worker } : {}),
      ...(action ? { action } : {}),
    }));
  return (
    <div className="sl-fields">
      <Combobox
        store={box}
        withinPortal
        onOptionSubmit={(value) => {
          const [worker, action] = JSON.parse(value) as [string, string];
          bind(worker, action, actionOf(catalogue, { worker, action })?.kind);
          box.closeDropdown();
        }}
      >
        <Combobox.Target>
          <Button
            fullWidth
            variant="default"
            justify="space-between"
            size="xs"
            disabled={readOnly}
            aria-label={`Worker and action: ${chosen}`}
            rightSection={<IconSelector size={15} />}
            onClick={() => box.toggleDropdown()}
          >
            {chosen}
          </Button>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search
            value={query}
            placeholder="Search workers and actions"
            leftSection={<IconSearch size={14} />}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              box.updateSelectedOptionIndex();
            }}
          />
          <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
            {found.map(({ worker, actions }) => (
              <Combobox.Group key={worker.name} label={`${worker.name}${worker.up ? '' : ' (not connected)'}`}>
                {actions.map((action) => (
                  <Combobox.Option
                    key={action.name}
                    value={JSON.stringify([worker.name, action.name])}
                    active={node.worker === worker.name && node.action === action.name}
                  >
                    <Text size="sm" fw={550}>
                      {action.label ?? action.name}
                    </Text>
                    <Text size="xs" c="dimmed" lineClamp={1}>
                      {action.description ?? action.kind}
                    </Text>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
            {found.length === 0 ? <Combobox.Empty>No worker offers that.</Combobox.Empty> : null}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 8 }}>
        <Text size="xs" c="dimmed" truncate>
          {node.worker ? `${node.worker} · ${node.action ?? '?'}` : 'No worker yet'}
        </Text>
        <Badge size="sm" variant="dot" color={STATES[state].colour} style={{ flex: 'none', textTransform: 'none' }}>
          {STATES[state].text}
        </Badge>
      </div>
      {offer?.description ? (
        <Text size="xs" c="dimmed">
          {offer.description}
        </Text>
      ) : null}
      {byHand ? (
        <div className="sl-pair">
          <DraftField
            label="Worker"
            value={node.worker ?? ''}
            disabled={readOnly}
            onCommit={(worker) => bind(worker, node.action)}
          />
          <DraftField
            label="Action"
            value={node.action ?? ''}
            disabled={readOnly}
            onCommit={(action) => bind(node.worker, action)}
          />
        </div>
      ) : readOnly ? null : (
        <Button size="compact-xs" variant="subtle" color="gray" w="max-content" ml={-8} onClick={() => setByHand(true)}>
          Write the names by hand
        </Button>
      )}
    </div>
  );
}
