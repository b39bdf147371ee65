import { Button, Group } from '@mantine/core';

export const toastUndo = (message: string, undo: () => void) => (
  <Group justify="space-between" wrap="nowrap">
    <span>{message}</span>
    <Button size="compact-xs" variant="default" flex="none" onClick={undo}>
      Undo
    </Button>
  </Group>
);
