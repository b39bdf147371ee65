// The document a model without one begins with.

import { BpmnDocument } from '../document.ts';
import { BPMN, BPMNDI, DC, DI, SLUICE, XSI } from '../namespaces.ts';

export function emptyDocument(name: string): BpmnDocument {
  const id = /^[A-Za-z_]/.test(name) ? name : `_${name}`;
  return new BpmnDocument(`<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="${BPMN}" xmlns:bpmndi="${BPMNDI}" xmlns:dc="${DC}" xmlns:di="${DI}" xmlns:xsi="${XSI}" xmlns:sluice="${SLUICE}" id="${id}_definitions" targetNamespace="${SLUICE}" exporter="Sluice">
  <bpmn:process id="${id}" isExecutable="true">
    <bpmn:extensionElements>
      <sluice:topology name="${name}"/>
    </bpmn:extensionElements>
  </bpmn:process>
</bpmn:definitions>
`);
}
