// A message's way, shown as a dot that travels along the lines; who asked for less motion sees the way at once.

import type { Point } from '../../view/diagram.ts';
import { svg } from '../look/svg.ts';

/** Pixels of the picture in a second. */
const SPEED = 420;

export const stillWanted = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * @param layer  the SVG element in which the picture is drawn
 * @param ways  the lines one after the other
 * @returns stops it
 */
export function travel(
  layer: SVGElement,
  ways: readonly (readonly Point[])[],
  onArrive: (way: number) => void,
): () => void {
  if (stillWanted()) {
    for (const [way] of ways.entries()) onArrive(way);
    return () => {};
  }
  const dot = svg(layer, 'circle', { class: 'sl-pulse', r: 7, cx: -100, cy: -100 });
  let frame = 0;
  let way = 0;
  let gone = 0;
  let last: number | null = null;
  const step = (now: number): void => {
    const points = ways[way];
    if (!points) {
      dot.remove();
      return;
    }
    gone += last === null ? 0 : ((now - last) / 1_000) * SPEED;
    last = now;
    const at = pointAt(points, gone);
    if (at) {
      dot.setAttribute('cx', String(at.x));
      dot.setAttribute('cy', String(at.y));
    } else {
      onArrive(way);
      way++;
      gone = 0;
    }
    frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => {
    cancelAnimationFrame(frame);
    dot.remove();
  };
}

/** Null when the line ends before. */
export function pointAt(points: readonly Point[], distance: number): Point | null {
  let left = distance;
  for (let at = 1; at < points.length; at++) {
    const [a, b] = [points[at - 1]!, points[at]!];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (left < length) return { x: a.x + ((b.x - a.x) * left) / length, y: a.y + ((b.y - a.y) * left) / length };
    left -= length;
  }
  return null;
}
