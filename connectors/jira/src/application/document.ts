// Texts of Jira are documents (Atlassian Document Format). Most processes have plain text: it is put into paragraphs.

import type { Json } from '@sluice/sdk';

/** @param text  plain text, an empty line between paragraphs; or a document, which is taken as it is */
export function documentOf(text: Json): Json {
  if (typeof text !== 'string') return text;
  const paragraphs = text.split(/\r?\n(?:[ \t]*\r?\n)+/).filter((paragraph) => paragraph.trim() !== '');
  return { type: 'doc', version: 1, content: paragraphs.map(paragraphOf) };
}

function paragraphOf(text: string): Json {
  const content = text
    .split(/\r?\n/)
    .flatMap((line, at): Json[] => [
      ...(at > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line === '' ? [] : [{ type: 'text', text: line }]),
    ]);
  return { type: 'paragraph', content };
}
