// A WSDL file, with what it imports, as a service.

import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { soapServiceOf, type WsdlFile } from '@sluice/codegen';
import { Fail } from '@sluice/sdk';
import { readWsdlFile, type SoapServiceData, type Wsdl } from '@sluice/soap';
import { InputError } from '../exit.ts';
import { authOf, chosen, type DescriptionFlags } from './options.ts';

export interface ReadWsdl {
  readonly wsdl: Wsdl;
  readonly service: SoapServiceData;
}

/** @throws InputError with file, line and what was expected there */
export function readWsdl(
  file: string,
  { key, server, auth, only }: DescriptionFlags,
  names?: ReadonlyMap<string, string>,
): ReadWsdl {
  readFileSync(file);
  const wsdl = parsed(file);
  const proof = auth === 'wsse' ? auth : authOf(auth);
  if (auth !== undefined && auth !== 'none' && !proof)
    throw new InputError(`--auth is bearer, basic, header:NAME, query:NAME, wsse or none, got "${auth}".`);
  const service = soapServiceOf(wsdl, { key, server, auth: proof, only: chosen(only), names });
  if (service.operations.length === 0)
    throw new InputError(`${file} has no operation by SOAP${only ? ' that --only chooses' : ''}. Nothing was written.`);
  return { wsdl, service };
}

function parsed(file: string): Wsdl {
  try {
    return readWsdlFile(file);
  } catch (cause) {
    if (!(cause instanceof Fail)) throw cause;
    throw new InputError(`${cause.message} Nothing was written.`, { cause });
  }
}

/** The texts of the WSDL and of what it imports, by their paths beside it. */
export function sourcesOf(wsdl: Wsdl): WsdlFile[] {
  const folder = dirname(wsdl.location);
  return wsdl.locations.map((location) => {
    const bytes = readFileSync(location);
    try {
      return {
        path: relative(folder, location).split(sep).join('/'),
        text: new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      };
    } catch (cause) {
      throw new InputError(
        `${location} is no UTF-8. Save it as such, with encoding="UTF-8" in its first line. Nothing was written.`,
        { cause },
      );
    }
  });
}
