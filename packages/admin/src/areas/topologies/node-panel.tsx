// One node: how many messages are where, its breakpoint, and what the breakpoint holds.

import { Button, CloseButton, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlayerSkipForward, IconPlayerTrackNext } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { PageLink } from '../../parts/link.tsx';
import { plural, short } from '../../parts/words.ts';
import styles from './canvas.module.css';
import { type NodeEntry, useBreakpoints } from './node-counts.ts';

export interface NodePanelProps {
  readonly name: string;
  readonly node: string;
  readonly entry: NodeEntry | undefined;
  readonly onClose: () => void;
}

const COUNTS = [
  ['queued', 'queued'],
  ['leased', 'in work'],
  ['delayed', 'delayed'],
  ['limited', 'limited'],
  ['held', 'held'],
  ['trash', 'in trash'],
  ['finished', 'finished'],
] as const;

export function NodePanel({ name, node, entry, onClose }: NodePanelProps) {
  const mayAct = useMay('message:write');
  const on = useBreakpoints(name).has(node);
  const stopped = useQuery({
    queryKey: ['stopped', name, node],
    queryFn: () => api.stopped.list({ topology: name, node, limit: 20 }),
  });
  const held = stopped.data?.items ?? [];
  const changes = ['stopped', 'breakpoints', 'processes', 'process'];
  const toggle = (set: boolean) => () => (set ? api.breakpoints.set(name, node) : api.breakpoints.remove(name, node));
  return (
    <aside className={`card ${styles.panel}`} aria-label={`Node ${node}`}>
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600} size="lg" className="truncate">
            {node}
          </Text>
          <CloseButton aria-label="Close" onClick={onClose} />
        </Group>
        <div className={styles.counts}>
          {COUNTS.map(([key, label]) => (
            <div key={key} className={styles.count}>
              <strong>{short(entry?.[key] ?? 0)}</strong>
              <span>{label}</span>
            </div>
          ))}
        </div>
        {entry !== undefined && entry.trash > 0 && (
          <PageLink to="/trash" search={{ topology: name, node }} size="sm">
            Mend what is in trash here
          </PageLink>
        )}
        <Switch
          label="Breakpoint"
          description="Messages that arrive here are held, to look at them and step on."
          checked={on}
          disabled={!mayAct}
          onChange={() =>
            void act({
              run: toggle(!on),
              done: on ? 'The breakpoint is gone; what it holds stays.' : 'Messages that arrive are held from now on.',
              undo: toggle(on),
              changes,
            })
          }
        />
        {held.length > 0 && (
          <Stack gap="xs">
            <Text size="sm">{plural(held.length, 'message')} held</Text>
            <Group gap="xs">
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlayerSkipForward size={14} />}
                disabled={!mayAct}
                onClick={() => void act({ run: () => api.stopped.replay(held[0]!.id), changes })}
              >
                Step
              </Button>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlayerTrackNext size={14} />}
                disabled={!mayAct}
                onClick={() =>
                  void act({
                    run: () => api.stopped.replayAll({ topology: name, node }),
                    done: ({ done }) => `${plural(done, 'message')} went on.`,
                    changes,
                  })
                }
              >
                All on
              </Button>
            </Group>
            {held.map(({ id, processId }) => (
              <PageLink key={id} to={`/processes/${processId}`} search={{ step: id }} size="sm" className="mono">
                …{processId.slice(-12)}
              </PageLink>
            ))}
          </Stack>
        )}
      </Stack>
    </aside>
  );
}
