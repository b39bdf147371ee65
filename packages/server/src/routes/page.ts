// A small page in words, for people whom a provider sends here. Everything in it is text.

export interface Page {
  readonly title: string;
  readonly text: string;
  /** Path of this platform. */
  readonly goOn: string | null;
}

export function pageText({ title, text, goOn }: Page): string {
  const link = goOn === null ? '' : `\n<p><a href="${escaped(goOn)}">Go on</a></p>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)} – Sluice</title></head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>${link}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
