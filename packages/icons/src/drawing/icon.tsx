// One icon as a React component. The drawings are Tabler's, on a grid of 24 by 24 (MIT licence, https://tabler.io/icons).

import type { ComponentType, SVGProps } from 'react';

export interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'stroke'> {
  /** Width and height. */
  readonly size?: number | string;
  /** Width of the lines, on the grid of 24. A filled icon has none. */
  readonly stroke?: number | string;
}

export type Icon = ComponentType<IconProps>;

/** Words beside an icon say what it means, so it is hidden from who listens, unless it is told otherwise. */
function drawn(
  look: SVGProps<SVGSVGElement>,
  { size = 24, ...rest }: Omit<IconProps, 'stroke'>,
  paths: readonly string[],
) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      {...look}
      {...rest}
    >
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

export function outlined(...paths: readonly string[]): Icon {
  return ({ stroke = 2, ...rest }) =>
    drawn(
      { fill: 'none', stroke: 'currentColor', strokeWidth: stroke, strokeLinecap: 'round', strokeLinejoin: 'round' },
      rest,
      paths,
    );
}

export function filled(...paths: readonly string[]): Icon {
  return ({ stroke: _, ...rest }) => drawn({ fill: 'currentColor' }, rest, paths);
}
