// The sheet of keys.

import { Kbd, Modal, Title } from '@mantine/core';
import { KEYS } from '../keys/keys.ts';

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

export function Help({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={open} onClose={onClose} title="Keys of the canvas" size="lg" centered>
      <div className="sl-keys">
        {Object.entries(KEYS).map(([group, rows]) => (
          <section key={group}>
            <Title order={3} size="h6">
              {group}
            </Title>
            {rows.map(({ keys, does }) => (
              <div className="sl-key" key={does}>
                <span>{does}</span>
                <Kbd size="xs">{keys.replace('Mod', MAC ? '⌘' : 'Ctrl')}</Kbd>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
