// Keys that work everywhere, and the sheet that lists them.

import { Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { areas } from '../areas.ts';
import { useSession } from './session.tsx';

/** Longest pause between the two keys of a pair, in ms. */
const PAIR_MS = 1_200;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function useShortcuts(openSheet: () => void): void {
  const navigate = useNavigate();
  const went = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const find = event.key === '/' ? document.querySelector<HTMLInputElement>('[data-find]') : null;
      const area = areas.find(({ key }) => key === event.key);
      const paired = event.timeStamp - went.current < PAIR_MS;
      went.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (event.key === '?') openSheet();
      else if (area && paired) void navigate({ to: area.path });
      if (!find) return;
      event.preventDefault();
      find.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, openSheet]);
}

export function ShortcutSheet({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { scopes } = useSession();
  const ways = areas.filter(({ key, scope }) => key && scopes.has(scope));
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xl">
        <Stack gap={6}>
          <span className="overline">Everywhere</span>
          <Row keys={['Ctrl', 'K']}>Find or do something</Row>
          <Row keys={['/']}>Into the filter of the list</Row>
          <Row keys={['?']}>This sheet</Row>
          <Row keys={['Esc']}>Close what is open</Row>
          <span className="overline">In a list</span>
          <Row keys={['↑', '↓']}>Row before, row after</Row>
          <Row keys={['Enter']}>Open the row</Row>
          <Row keys={['Space']}>Select the row</Row>
        </Stack>
        <Stack gap={6}>
          <span className="overline">Go to</span>
          {ways.map(({ id, label, key }) => (
            <Row key={id} keys={['g', key!]}>
              {label}
            </Row>
          ))}
        </Stack>
      </SimpleGrid>
    </Modal>
  );
}

function Row({ keys, children }: { readonly keys: readonly string[]; readonly children: React.ReactNode }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{children}</Text>
      <Group gap={4} wrap="nowrap">
        {keys.map((key) => (
          <kbd key={key} className="key">
            {key}
          </kbd>
        ))}
      </Group>
    </Group>
  );
}
