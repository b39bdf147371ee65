// A version as a file of the person's machine.

import { api } from '../../frame/api.ts';
import { download } from '../../parts/download.ts';

const TYPES = { bpmn: 'application/xml', json: 'application/json', ts: 'application/typescript' } as const;

export async function exportFile(name: string, version: number, format: keyof typeof TYPES): Promise<void> {
  const text =
    format === 'bpmn'
      ? await api.topologies.getBpmn(name, version)
      : format === 'ts'
        ? await api.topologies.export(name, 'ts', version)
        : JSON.stringify(await api.topologies.get(name, version), null, 2);
  download(text, TYPES[format], `${name}-v${version}.${format}`);
}
