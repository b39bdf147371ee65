// What a service would answer: for services that are played in tests.

import { Fail } from '@sluice/sdk';
import type { WsdlOperation } from '../wsdl/shape.ts';
import type { Wsdl } from '../wsdl/wsdl.ts';
import { envelopeOf } from './envelope.ts';
import { ordered } from './order.ts';
import { sendable } from './values.ts';

/** Parts of the library that its own server uses, and its types leave out. */
interface Writing {
  readonly definitions: {
    readonly $targetNamespace: string;
    readonly bindings: Readonly<Record<string, { readonly methods: Readonly<Record<string, Method>> }>>;
  };
  objectToRpcXML(name: string, value: unknown, prefix: string, namespace: string): string;
  objectToDocumentXML(name: string, value: unknown, prefix?: string, namespace?: string): string;
  readonly xmlnsInEnvelope?: string;
}

interface Method {
  readonly output?: { readonly $name: string; readonly targetNSAlias?: string; readonly targetNamespace?: string };
}

/** @throws Fail when the output cannot be written by the WSDL */
export async function writeAnswer(wsdl: Wsdl, about: WsdlOperation, output: unknown): Promise<string> {
  const library = (await wsdl.library()) as unknown as Writing;
  const content = ordered(sendable(output, about.style), about.output ?? {});
  const method = Object.values(library.definitions.bindings).flatMap(({ methods }) => methods[about.name] ?? [])[0];
  if (!method?.output) throw new Fail(`"${about.name}" answers nothing.`);
  const { $name, targetNSAlias, targetNamespace } = method.output;
  const body =
    about.style === 'rpc'
      ? library.objectToRpcXML($name, content, '', library.definitions.$targetNamespace)
      : library.objectToDocumentXML(about.answer?.local ?? $name, content, targetNSAlias, targetNamespace);
  // Prefixes that the library declares around a body.
  const declared = /^<[^\s/>]+/.exec(body)?.[0] ?? '';
  const spaces = library.xmlnsInEnvelope ?? '';
  const missing = spaces.replaceAll(/\sxmlns:([\w.-]+)="[^"]*"/g, (all, prefix: string) =>
    body.includes(`xmlns:${prefix}=`) ? '' : all,
  );
  return envelopeOf(
    about.version,
    '',
    `${declared}${missing.trim() === '' ? '' : ` ${missing.trim()}`}${body.slice(declared.length)}`,
  );
}
