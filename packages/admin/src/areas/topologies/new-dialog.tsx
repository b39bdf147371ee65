import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;

export function NewDialog({ taken, onClose }: { readonly taken: readonly string[]; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const problem = taken.includes(name)
    ? 'There is a topology with this name: open it to make a new version.'
    : name !== '' && !NAME.test(name)
      ? 'Small letters, digits and hyphens, beginning with a letter or digit.'
      : null;
  return (
    <Modal opened onClose={onClose} title="New topology">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === null && name !== '') void navigate({ to: `/topologies/${name}/edit` });
        }}
      >
        <Stack>
          <Text c="dimmed" size="sm">
            The name stands in its addresses, and stays. You draw it next.
          </Text>
          <TextInput
            label="Name"
            placeholder="new-order"
            data-autofocus
            value={name}
            error={problem}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" disabled={name === '' || problem !== null}>
              Draw it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
