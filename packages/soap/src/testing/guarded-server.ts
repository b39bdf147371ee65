// A service that lets in who proves by WS-Security to know the password: it computes the digest itself, refuses a nonce that
// it has seen, and a timestamp that is over.

import { createHash } from 'node:crypto';
import { readXml } from '../xml/read.ts';
import type { XmlElement } from '../xml/tree.ts';
import { envelope, type Reply, type Served, serving } from './server.ts';

const OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const SECEXT = `${OASIS}-wssecurity-secext-1.0.xsd`;
const UTILITY = `${OASIS}-wssecurity-utility-1.0.xsd`;

export interface Account {
  readonly username: string;
  readonly password: string;
}

/** @param answer  body of the answer to whoever is let in */
export function guardedServer({ username, password }: Account, answer: string): Promise<Served> {
  const nonces = new Set<string>();
  return serving(({ body }): Reply => {
    const root = readXml(body);
    const find = (of: XmlElement | undefined, local: string, namespace: string): XmlElement | undefined =>
      of?.elements.find((one) => one.local === local && one.namespace === namespace);
    const header = find(root, 'Header', root.namespace);
    const security = find(header, 'Security', SECEXT);
    const token = find(security, 'UsernameToken', SECEXT);
    const given = find(token, 'Password', SECEXT);
    const nonce = find(token, 'Nonce', SECEXT)?.text ?? '';
    const created = find(token, 'Created', UTILITY)?.text ?? '';
    const stamp = find(security, 'Timestamp', UTILITY);
    const expires = Date.parse(find(stamp, 'Expires', UTILITY)?.text ?? '');
    const isDigest = given?.attribute('Type')?.endsWith('#PasswordDigest') ?? false;
    const wanted = isDigest
      ? createHash('sha1')
          .update(Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created), Buffer.from(password)]))
          .digest('base64')
      : password;
    const why =
      find(token, 'Username', SECEXT)?.text !== username || given?.text !== wanted
        ? `wrong password ${password}, ${password.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}`
        : nonces.has(nonce)
          ? 'the nonce was used before'
          : !(expires > Date.now())
            ? 'the message is over'
            : null;
    if (why === null) {
      if (nonce !== '') nonces.add(nonce);
      return { body: envelope(answer) };
    }
    const fault = `<e:Fault xmlns:wsse="${SECEXT}"><faultcode>wsse:FailedAuthentication</faultcode><faultstring><![CDATA[${why}]]></faultstring><detail><given><![CDATA[${given?.text}]]></given></detail></e:Fault>`;
    return { status: 500, body: envelope(fault) };
  });
}
