// The mark: a sluice gate, raised, and the water that goes under it.

export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b5260" />
      <g fill="#eaf7f8">
        <rect x="5.5" y="5" width="3" height="16" rx="1" />
        <rect x="23.5" y="5" width="3" height="16" rx="1" />
        <rect x="5.5" y="5" width="21" height="2.5" rx="1" />
      </g>
      <rect x="10.5" y="9.5" width="11" height="6.5" rx="1.2" fill="#5fc3cf" />
      <path
        d="M5 21.5c2.75-2.2 5.5-2.2 8.25 0s5.5 2.2 8.25 0c1.84-1.47 3.67-1.96 5.5-1.47M5 26c2.75-2.2 5.5-2.2 8.25 0s5.5 2.2 8.25 0c1.84-1.47 3.67-1.96 5.5-1.47"
        fill="none"
        stroke="#eaf7f8"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
