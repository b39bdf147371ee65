import { Button, Group, Menu, Switch } from '@mantine/core';
import { IconChevronDown, IconTrash } from '@sluice/icons';
import { act } from './act.ts';

export interface OnOffActionsProps {
  readonly on: boolean;
  /** Beside the switch, as it stands. */
  readonly label: string;
  /** Told when it was turned. */
  readonly said: string;
  readonly turn: (on: boolean) => Promise<unknown>;
  /** First parts of the keys of queries that are old then. */
  readonly changes: readonly string[];
  /** The person may do neither. */
  readonly disabled: boolean;
  readonly onRemove: () => void;
}

/** Acts of a page about something that can be on, off, and removed. */
export function OnOffActions({ on, label, said, turn, changes, disabled, onRemove }: OnOffActionsProps) {
  return (
    <Group gap="md">
      <Switch
        label={label}
        checked={on}
        disabled={disabled}
        onChange={() => void act({ run: () => turn(!on), done: said, undo: () => turn(on), changes })}
      />
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} />} disabled={disabled}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="vermilion" leftSection={<IconTrash size={16} />} onClick={onRemove}>
            Remove …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
