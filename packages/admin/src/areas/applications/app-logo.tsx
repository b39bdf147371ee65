import type { ApplicationView } from '@sluice/protocol';
import styles from './applications.module.css';

/** The logo of an application, or its first letter. */
export function AppLogo({
  of,
  size = 44,
}: {
  readonly of: Pick<ApplicationView, 'logo' | 'name'>;
  readonly size?: number;
}) {
  return (
    <span className={styles.logo} style={{ width: size, height: size }} aria-hidden>
      {of.logo === undefined ? <span>{of.name.slice(0, 1).toUpperCase()}</span> : <img src={of.logo} alt="" />}
    </span>
  );
}
