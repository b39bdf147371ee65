// SVG elements with their attributes and classes, and text that fits.

const NAMESPACE = 'http://www.w3.org/2000/svg';

export function svg<K extends keyof SVGElementTagNameMap>(
  parent: Element,
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  parent.append(element);
  return element;
}

let family = 'sans-serif';

/** What text is measured with must be what it is drawn with: the font of the host, by `style.css`. */
export function learnFont(container: Element): string {
  family = getComputedStyle(container).fontFamily || family;
  widths.clear();
  return family;
}

/**
 * A font that comes late is measured when it is there.
 * @returns stops it
 */
export function followFont(container: Element, redraw: () => void): () => void {
  const learn = (): void => {
    learnFont(container);
    redraw();
  };
  document.fonts.addEventListener('loadingdone', learn);
  return () => document.fonts.removeEventListener('loadingdone', learn);
}

/** @param look  weight and size, such as `600 13px` */
export const fontOf = (look: string): string => `${look} ${family}`;

let measure: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

function widthOf(text: string, font: string): number {
  const key = `${font}\n${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    measure ??= document.createElement('canvas').getContext('2d')!;
    measure.font = font;
    width = measure.measureText(text).width;
    if (widths.size > 20_000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

export function ellipsis(text: string, font: string, width: number): string {
  if (widthOf(text, font) <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${text.slice(0, middle).trimEnd()}…`, font) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

/** At most so many lines; the last one ends with an ellipsis when there would be more. */
export function wrap(text: string, font: string, width: number, most: number): string[] {
  const words = text.split(/(?<=[-_./])|\s+/).filter(Boolean);
  const lines: string[] = [];
  let rest = text.trim();
  for (let at = 0; at < most && rest !== ''; at++) {
    if (at === most - 1 || widthOf(rest, font) <= width) {
      lines.push(ellipsis(rest, font, width));
      break;
    }
    let line = '';
    while (words.length > 0) {
      const next = rest.slice(0, rest.indexOf(words[0]!, line.length) + words[0]!.length);
      if (line !== '' && widthOf(next, font) > width) break;
      line = next;
      words.shift();
    }
    lines.push(ellipsis(line, font, width));
    rest = rest.slice(line.length).trimStart();
  }
  return lines;
}

export { widthOf };
