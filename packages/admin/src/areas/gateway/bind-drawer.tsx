// Many routes are bound at once: the rule, what it makes of each of them, and one change that can be taken back.

import { Badge, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { RouteView } from '@sluice/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { act } from '../../parts/act.ts';
import { Problem } from '../../parts/problem.tsx';
import { plural } from '../../parts/words.ts';
import { BindRule, usePlaces } from './bind-rule.tsx';
import { bindAll, RULES, type Rule } from './binding.ts';
import styles from './gateway.module.css';
import { targetWords } from './words.ts';

export interface BindDrawerProps {
  readonly routes: readonly RouteView[];
  readonly onClose: () => void;
  /** They are bound. */
  readonly onDone?: () => void;
}

const SETTLE_MS = 250;

export function BindDrawer({ routes, onClose, onDone }: BindDrawerProps) {
  const [rule, setRule] = useState<Rule>(RULES[0]!.begin);
  const places = usePlaces(rule);
  const bound = bindAll(
    rule,
    routes.map(({ definition }) => definition),
    places.names,
  );
  const save = bound.flatMap(({ route, target }) => (target === null ? [] : [{ ...route, target }]));
  const wanted = JSON.stringify(save);
  const [settled] = useDebouncedValue(wanted, SETTLE_MS);
  // What only the platform knows: whether such a thing is there, and whether an address may be called.
  const check = useQuery({
    queryKey: ['binding', settled],
    queryFn: () => api.gateway.routes.change({ save: JSON.parse(settled), dryRun: true }),
    enabled: settled !== '[]',
    retry: false,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  const sure = wanted === settled && !check.isFetching && check.error === null;
  const [busy, setBusy] = useState(false);
  const bind = async (): Promise<void> => {
    setBusy(true);
    const before = routes
      .map(({ definition }) => definition)
      .filter(({ name }) => save.some((route) => route.name === name));
    const done = await act({
      run: () => api.gateway.routes.change({ save }),
      done: `${plural(save.length, 'route')} ${save.length === 1 ? 'is' : 'are'} bound.`,
      undo: () => api.gateway.routes.change({ save: before }),
      changes: ['gateway'],
    });
    setBusy(false);
    if (!done) return;
    onDone?.();
    onClose();
  };
  return (
    <Drawer opened onClose={onClose} size={760} title={`Bind ${plural(routes.length, 'route')}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void bind();
        }}
      >
        <Stack>
          <BindRule rule={rule} places={places} onChange={setRule} />
          {save.length > 0 && <Problem of={check.error} />}
          <section className="card" aria-label="What would come of it">
            <ul className={styles.imported}>
              {bound.map(({ route: { name, methods, host = '', path, target: before }, target }) => (
                <li key={name}>
                  <Badge variant="light" radius="sm" size="sm">
                    {methods.join(' ')}
                  </Badge>
                  <div>
                    <div className="mono">
                      {host}
                      {path}
                    </div>
                    <Text size="xs" c="dimmed">
                      {name}
                      {before.kind === 'unbound' ? '' : ` · now ${targetWords(before)}`}
                    </Text>
                  </div>
                  <div className={styles.leads} data-nothing={target === null}>
                    {target === null ? 'stays as it is' : targetWords(target)}
                  </div>
                </li>
              ))}
            </ul>
          </section>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" c="dimmed">
              {save.length === routes.length
                ? 'Each gets a new version, which takes its requests at once.'
                : `For ${plural(routes.length - save.length, 'route')} the rule finds nothing.`}
            </Text>
            <Group gap="sm" wrap="nowrap">
              <Button variant="default" onClick={onClose}>
                Leave it
              </Button>
              <Button type="submit" loading={busy} disabled={save.length === 0 || !sure}>
                Bind {plural(save.length, 'route')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
