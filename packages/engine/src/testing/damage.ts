// What a fault of a disk or a hand in the file may do, so that tests see whether it is noticed.

import { DatabaseSync } from '@photostructure/sqlite';
import { openWriter } from '../adapters/sqlite/database.ts';

/** Take a message out of the file of an embedded store, behind the back of whoever has it open. */
export function loseMessage(directory: string, messageId: string): void {
  const db = openWriter(directory);
  try {
    const { changes } = db.prepare('DELETE FROM message WHERE id = ?').run(messageId);
    if (Number(changes) !== 1) throw new Error(`There is no message ${messageId} that could be lost.`);
  } finally {
    db.close();
  }
}

/** Give the bodies of a backup names of somebody's choice. */
export function renameBlob(backup: string, name: string): void {
  const db = new DatabaseSync(backup);
  db.prepare('UPDATE backup_blob SET name = ?').run(name);
  db.close();
}
