import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';

export interface UserDialogProps {
  readonly application: string;
  readonly onChosen: (user: string) => void;
  readonly onClose: () => void;
}

/** For whom an application is installed. */
export function UserDialog({ application, onChosen, onClose }: UserDialogProps) {
  const [user, setUser] = useState('');
  return (
    <Modal opened onClose={onClose} title={`${application} for another user`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChosen(user.trim());
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            A user of the platform is whoever processes run for: a shop, a customer, a department. Each has credentials,
            limits and tokens of its own.
          </Text>
          <TextInput
            label="User"
            placeholder="shop-berlin"
            data-autofocus
            maxLength={200}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" disabled={user.trim() === ''}>
              Install
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
