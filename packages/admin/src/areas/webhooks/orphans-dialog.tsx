// Subscriptions at services that lead here and that nobody here knows: first shown, then removed.

import { Alert, Button, Group, List, Loader, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { refresh } from '../../parts/act.ts';
import { Problem } from '../../parts/problem.tsx';
import { plural } from '../../parts/words.ts';

export function OrphansDialog({ onClose }: { readonly onClose: () => void }) {
  const foreseen = useQuery({
    queryKey: ['orphans'],
    queryFn: () => api.webhooks.clean({ dryRun: true }),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const clean = useMutation({
    mutationFn: () => api.webhooks.clean({ dryRun: false }),
    onSuccess: () => refresh(['webhooks']),
  });
  const answer = clean.data ?? foreseen.data;
  const orphans = answer?.orphans ?? [];
  const left = orphans.filter(({ removed }) => !removed);
  return (
    <Modal opened onClose={onClose} title="Orphans" size="lg">
      <Stack>
        <Text size="sm" c="dimmed">
          Subscriptions at services that deliver to this platform, and that nobody here knows: left by a restored
          backup, or by an address that moved.
        </Text>
        <Problem of={foreseen.error ?? clean.error} />
        {foreseen.isPending && (
          <Group gap="sm" role="status">
            <Loader size={16} aria-hidden />
            <Text size="sm">Asking every service that can list its subscriptions …</Text>
          </Group>
        )}
        {answer && orphans.length === 0 && <Alert color="moss" title="There are none" />}
        {orphans.length > 0 && (
          <List size="sm" spacing={6}>
            {orphans.map(({ application, user, event, url, removed, reason }) => (
              <List.Item key={`${application} ${user} ${event} ${url}`}>
                <strong>
                  {application} {event}
                </strong>{' '}
                for {user}
                {removed ? ': removed' : ''}
                <br />
                <code>{url}</code>
                {reason !== null && (
                  <Text size="sm" c="vermilion">
                    {reason}
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
        )}
        {answer && answer.unasked.length > 0 && (
          <Alert color="gray" title={`${plural(answer.unasked.length, 'subscription')} could not be compared`}>
            <List size="sm">
              {answer.unasked.slice(0, 8).map(({ application, user, event, reason }) => (
                <List.Item key={`${application} ${user} ${event}`}>
                  {application} {event} for {user}: {reason}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          {left.length > 0 && (
            <Button color="vermilion" loading={clean.isPending} onClick={() => clean.mutate()}>
              Remove {plural(left.length, 'orphan')} at the services
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
