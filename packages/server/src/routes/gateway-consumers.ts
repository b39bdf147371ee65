// Consumers of the gateway and their credentials.

import {
  CertificateRequest,
  ConsumerChange,
  ConsumerRequest,
  ConsumerView,
  CredentialCreated,
  KeyCreated,
  KeyRequest,
  PasswordRequest,
  pageOf,
  SigningKeyCreated,
  SigningKeyRequest,
} from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const TAG = 'gateway';
const ALL = '/api/v1/gateway/consumers';
const ONE = `${ALL}/:name`;
const READ = { scope: 'gateway:read' } as const;
const WRITE = { scope: 'gateway:write' } as const;

interface ByName {
  readonly Params: { name: string };
}

export const gatewayConsumerRoutes: Routes = (app, { gateway: { consumers } }) => {
  app.get(
    ALL,
    {
      config: READ,
      schema: describe({ summary: 'Who may call the gateway', tag: TAG, answer: pageOf(ConsumerView) }),
    },
    async () => ({ items: consumers.list(), next: null }),
  );

  app.post<{ Body: ConsumerRequest }>(
    ALL,
    {
      config: WRITE,
      schema: describe({
        summary: 'A new consumer',
        tag: TAG,
        body: ConsumerRequest,
        answer: ConsumerView,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await consumers.create(request.body)),
  );

  app.get<ByName>(
    ONE,
    { config: READ, schema: describe({ summary: 'One consumer', tag: TAG, answer: ConsumerView }) },
    async (request) => consumers.get(request.params.name),
  );

  app.put<ByName & { Body: ConsumerChange }>(
    ONE,
    {
      config: WRITE,
      schema: describe({
        summary: 'Change a consumer; its credentials stay',
        tag: TAG,
        body: ConsumerChange,
        answer: ConsumerView,
      }),
    },
    async (request) => consumers.update(request.params.name, request.body),
  );

  for (const [act, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    app.post<ByName>(
      `${ONE}/${act}`,
      {
        config: WRITE,
        schema: describe({
          summary: enabled ? 'Enable a consumer' : 'Disable a consumer; its credentials stay and open nothing',
          tag: TAG,
          answer: ConsumerView,
        }),
      },
      async (request) => consumers.setEnabled(request.params.name, enabled),
    );

  app.delete<ByName>(
    ONE,
    {
      config: WRITE,
      schema: describe({ summary: 'Remove a consumer; its credentials end at once', tag: TAG, status: 204 }),
    },
    async (request, reply) => {
      await consumers.remove(request.params.name);
      return reply.code(204).send();
    },
  );

  app.post<ByName & { Body: KeyRequest | undefined }>(
    `${ONE}/keys`,
    {
      config: WRITE,
      schema: describe({
        summary: 'A new key; it is shown once',
        tag: TAG,
        body: KeyRequest,
        answer: KeyCreated,
        status: 201,
      }),
    },
    async (request, reply) =>
      reply.code(201).send(await consumers.addKey(request.params.name, request.body?.expiresAt ?? null)),
  );

  app.post<ByName & { Body: PasswordRequest }>(
    `${ONE}/passwords`,
    {
      config: WRITE,
      schema: describe({
        summary: 'A user name with a password',
        tag: TAG,
        body: PasswordRequest,
        answer: CredentialCreated,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await consumers.addPassword(request.params.name, request.body)),
  );

  app.post<ByName & { Body: SigningKeyRequest | undefined }>(
    `${ONE}/signing-keys`,
    {
      config: WRITE,
      schema: describe({
        summary: 'A new secret to sign requests with; it is shown once',
        tag: TAG,
        body: SigningKeyRequest,
        answer: SigningKeyCreated,
        status: 201,
      }),
    },
    async (request, reply) =>
      reply.code(201).send(await consumers.addSigningKey(request.params.name, request.body?.expiresAt ?? null)),
  );

  app.post<ByName & { Body: CertificateRequest }>(
    `${ONE}/certificates`,
    {
      config: WRITE,
      schema: describe({
        summary: 'A client certificate, by fingerprint or subject',
        tag: TAG,
        body: CertificateRequest,
        answer: CredentialCreated,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await consumers.addCertificate(request.params.name, request.body)),
  );

  app.delete<{ Params: { name: string; id: string } }>(
    `${ONE}/credentials/:id`,
    {
      config: WRITE,
      schema: describe({ summary: 'Revoke a credential; it ends at once', tag: TAG, answer: ConsumerView }),
    },
    async (request) => consumers.revoke(request.params.name, request.params.id),
  );
};
