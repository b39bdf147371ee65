// Expressions in a document: those in our language, and those of other engines, which are kept and cannot run here.

import type { BpmnDocument } from '../document.ts';
import type { XmlElement } from '../xml/tree.ts';

export const JSONATA = 'https://jsonata.org';

/** What the schema of BPMN gives a document that says nothing, and what therefore says nothing. */
const UNSAID = 'http://www.w3.org/1999/XPath';

/** @returns the text, and for another language why it cannot run */
export function expressionOf(element: XmlElement, { definitions }: BpmnDocument): { text: string; foreign?: string } {
  const text = element.text.trim();
  const general = definitions.get('expressionLanguage');
  const language = element.get('language') ?? (general === UNSAID ? undefined : general);
  if (language !== undefined ? /jsonata/i.test(language) : !/^(?:[$#]\{|=)/.test(text)) return { text };
  return {
    text,
    foreign: `its expression "${text.slice(0, 100)}" is written in ${language ?? 'the language of another engine'}; write it in JSONata and say language="${JSONATA}"`,
  };
}
