// One number, where it leads, and whether it hurts.

import { Link } from '@tanstack/react-router';
import styles from './dashboard.module.css';

export interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly tone?: 'bad' | 'wait' | undefined;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

export function Tile({ label, value, note, tone, to, search }: TileProps) {
  return (
    <Link to={to} search={search as never} className={`card ${styles.tile}`} data-tone={tone}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>{value}</span>
      <span className={styles.note}>{note ?? '\u00a0'}</span>
    </Link>
  );
}
