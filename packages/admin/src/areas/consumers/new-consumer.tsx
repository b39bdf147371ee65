import { Button, Checkbox, Group, Modal, Stack, TagsInput, TextInput } from '@mantine/core';
import type { KeyCreated } from '@sluice/protocol';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { refresh } from '../../parts/act.ts';
import { Once } from '../../parts/once.tsx';
import { Problem } from '../../parts/problem.tsx';

/** A consumer and, in the same breath, its first key. */
export function NewConsumer({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [withKey, setWithKey] = useState(true);
  const [key, setKey] = useState<KeyCreated | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const open = (): void => void navigate({ to: `/consumers/${name}` });
  const create = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await api.consumers.create({ name, scopes });
      if (withKey) setKey(await api.consumers.addKey(name));
      else open();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
      refresh(['gateway']);
    }
  };
  if (key !== null)
    return (
      <Modal opened onClose={open} title={`${name} may call`} size="lg">
        <Stack>
          <Once what="The key" value={key.key}>
            Hand it to whoever calls; it goes along as <code>x-api-key</code>. If it gets lost, make another and revoke
            this one.
          </Once>
          <Group justify="flex-end">
            <Button onClick={open}>I have it</Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title="New consumer">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            description="Lower-case letters, digits, “.”, “_” and “-”."
            placeholder="web-shop"
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TagsInput
            label="Scopes"
            description="What it may; routes ask for them by name."
            placeholder="orders:write"
            value={scopes}
            onChange={setScopes}
          />
          <Checkbox
            label="With an API key"
            checked={withKey}
            onChange={(event) => setWithKey(event.currentTarget.checked)}
          />
          <Problem of={problem} />
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={name === ''}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
