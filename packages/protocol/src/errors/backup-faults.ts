// Failures around backups.

import { fault } from './fault.ts';

export const BACKUP_FAULTS = {
  'backup.underway': fault(
    409,
    () => 'A backup is being made already. Nothing else was begun.',
    'Wait until it is done, then ask again.',
  ),
  'backup.impossible': fault<{ reason: string }>(
    503,
    (d) => `The backup could not be made: ${d.reason} The data is untouched.`,
    'It needs as much free disk as the data takes. Free some, and ask again.',
  ),
  'backup.elsewhere': fault(
    501,
    () => 'The data of this platform lies in a store that is backed up by its own means. Nothing was done.',
    'Use the backup of the database.',
  ),
  'backup.invalid': fault<{ file: string; reason: string }>(
    422,
    (d) => `"${d.file}" cannot be restored: ${d.reason}. Nothing was changed.`,
    'Take another backup; a copy that broke off on its way is smaller than what it was made of.',
  ),
  'backup.would_replace': fault<{ directory: string }>(
    409,
    (d) => `There is data in "${d.directory}" already. Nothing was changed.`,
    'Restore into another directory, or add --replace: what is there is moved aside, not removed.',
  ),
} as const;
