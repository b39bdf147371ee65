import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../frame/logo.tsx';
import styles from './gate-card.module.css';

export function GateCard({ children }: { readonly children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.side} aria-hidden="true">
        <Water />
      </div>
      <div className={styles.room}>
        <Stack className={styles.card} gap="lg">
          <div className={styles.brand}>
            <Logo size={34} />
            <span>Sluice</span>
          </div>
          {children}
        </Stack>
      </div>
    </main>
  );
}

/** Lines of water, higher on one side of the gate than on the other. */
function Water() {
  const lines = Array.from({ length: 9 }, (_, index) => 300 + index * 62);
  return (
    <svg viewBox="0 0 600 900" preserveAspectRatio="xMidYMid slice" className={styles.water} aria-hidden="true">
      {lines.map((y, index) => (
        <path
          key={y}
          d={`M-20 ${y} C 80 ${y - 34}, 150 ${y + 34}, 262 ${y} M338 ${y + 110} C 440 ${y + 76}, 520 ${y + 144}, 640 ${y + 110}`}
          opacity={0.75 - index * 0.07}
        />
      ))}
      <g className={styles.gate}>
        <rect x="262" y="120" width="14" height="700" rx="4" />
        <rect x="324" y="120" width="14" height="700" rx="4" />
        <rect x="240" y="104" width="120" height="16" rx="4" />
      </g>
      <rect x="276" y="230" width="48" height="250" rx="4" className={styles.plate} />
    </svg>
  );
}
