// Find or do (Ctrl K): pages, what areas find for a text, and acts.

import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconSearch } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { areas } from '../areas.ts';
import type { Found } from './area.ts';
import { useSession } from './session.tsx';

const [store, palette] = createSpotlight();
export const openPalette = (): void => palette.open();

const MOST = 8;
const matches = (text: string, label: string): boolean =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => label.toLowerCase().includes(word));

export function Palette() {
  const { scopes } = useSession();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 120);
  const allowed = areas.filter((area) => scopes.has(area.scope));
  const { data: found = [], isFetching } = useQuery({
    queryKey: ['palette', settled],
    queryFn: async () => {
      const answers = await Promise.allSettled(allowed.map((area) => area.find?.(settled) ?? []));
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [...answer.value] : []));
    },
    enabled: settled.length > 1,
  });
  const action = ({ id, label, description, icon: Icon, run }: Found): SpotlightActionData => ({
    id,
    label,
    ...(description === undefined ? {} : { description }),
    leftSection: Icon && <Icon size={18} stroke={1.6} aria-hidden />,
    onClick: () => void run((path) => void navigate({ to: path })),
  });
  const pages = allowed
    .filter(({ label }) => matches(text, label))
    .map(({ id, label, icon, path }) => action({ id: `page-${id}`, label, icon, run: (go) => go(path) }));
  const acts = allowed
    .flatMap((area) => area.acts ?? [])
    .filter(({ label, scope }) => (scope === undefined || scopes.has(scope)) && matches(text, label))
    .map(action);
  return (
    <Spotlight
      store={store}
      shortcut={['mod + K']}
      query={text}
      onQueryChange={setText}
      filter={(_text, given) => given}
      actions={[
        { group: 'Found', actions: settled.length > 1 ? found.slice(0, MOST).map(action) : [] },
        { group: 'Pages', actions: pages },
        { group: 'Acts', actions: acts },
      ]}
      nothingFound={isFetching ? 'Looking …' : 'Nothing is called that. Ids are found whole.'}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'A page, a topology, the id of a process, or something to do',
        'aria-label': 'Find or do',
      }}
      scrollable
      maxHeight={420}
    />
  );
}
