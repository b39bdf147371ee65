// The names of the vocabularies a BPMN document is written in.

export const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
export const BPMNDI = 'http://www.omg.org/spec/BPMN/20100524/DI';
export const DC = 'http://www.omg.org/spec/DD/20100524/DC';
export const DI = 'http://www.omg.org/spec/DD/20100524/DI';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** What BPMN has no place for. */
export const SLUICE = 'https://sluice.dev/schema/bpmn/1.0';
/** What the older editor of existing systems adds. */
export const PIPES = 'http://www.omg.org/spec/Pipes/20100524/MODEL';

/** Prefixes we choose where a document has none. */
export const PREFIXES: Readonly<Record<string, string>> = {
  [BPMN]: 'bpmn',
  [BPMNDI]: 'bpmndi',
  [DC]: 'dc',
  [DI]: 'di',
  [XSI]: 'xsi',
  [SLUICE]: 'sluice',
};
