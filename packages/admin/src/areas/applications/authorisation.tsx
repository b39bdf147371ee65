// The round trip to the provider: off to it, back from it, and what came of it; or a code that is entered elsewhere.

import { Alert, Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExternalLink, IconUserCheck } from '@sluice/icons';
import type { ApplicationView, AuthorizeAnswer, InstallView } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act, refresh } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Section } from '../../parts/section.tsx';
import { Copy } from '../../parts/snippet.tsx';
import { Time } from '../../parts/time.tsx';
import type { Address } from './application-page.tsx';
import styles from './applications.module.css';
import { ofWorker } from './offer.ts';

type DeviceCode = Extract<AuthorizeAnswer, { userCode: string }>;

export interface AuthorisationProps {
  readonly application: ApplicationView;
  readonly install: InstallView;
}

export function Authorisation({ application, install }: AuthorisationProps) {
  const { key, name, auth } = application;
  const { user, authorised, reason, tokenExpiresAt, problems } = install;
  const may = useMay('application:write');
  const [{ back }, setAddress] = useAddress<Address>();
  const [code, setCode] = useState<DeviceCode | null>(null);
  const [busy, setBusy] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  if (authorised === 'not-needed' || !auth) return null;
  const missing = Object.keys(problems).length > 0;
  const begin = async (): Promise<void> => {
    setBusy(true);
    const returnTo = new URL(window.location.href);
    returnTo.searchParams.set('back', 'yes');
    returnTo.searchParams.set('tab', 'set-up');
    const answer = await act({
      run: () => api.installs.authorize(key, user, `${returnTo.pathname}${returnTo.search}`, ofWorker(application)),
    });
    setBusy(false);
    if (!answer) return;
    if ('authorizeUrl' in answer) window.location.assign(answer.authorizeUrl);
    else if ('userCode' in answer) setCode(answer);
    else refresh(['installs']);
  };
  return (
    <Section
      title="Authorisation"
      note={
        authorised === 'yes'
          ? 'Somebody has agreed.'
          : `${name} asks who you are, and whether the platform may act for you.`
      }
      {...(authorised === 'broken' ? { tone: 'bad' as const } : {})}
    >
      <Stack>
        {authorised === 'yes' && (
          <Alert
            color="moss"
            icon={<IconCircleCheck size={18} aria-hidden />}
            title={back === 'yes' ? `Welcome back: ${name} is authorised` : 'Authorised'}
            withCloseButton={back === 'yes'}
            closeButtonLabel="Close"
            onClose={() => setAddress({ back: undefined })}
          >
            {tokenExpiresAt === null ? (
              'The token has no end.'
            ) : (
              <>
                The present token ends <Time at={tokenExpiresAt} />; it is renewed by itself.
              </>
            )}
          </Alert>
        )}
        {authorised === 'no' && (
          <Alert
            color="amber"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={back === 'yes' ? 'You came back without it' : 'Not authorised yet'}
          >
            {missing ? 'First fill in and save the credentials below.' : reason}
          </Alert>
        )}
        {authorised === 'broken' && (
          <Alert
            color="vermilion"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title="Authorise it again"
            role="alert"
          >
            {reason} Messages that need it wait or go to trash meanwhile; none is lost.
          </Alert>
        )}
        {code !== null && authorised !== 'yes' && <Device code={code} name={name} />}
        <Group gap="sm">
          <Button
            leftSection={<IconUserCheck size={16} />}
            variant={authorised === 'yes' ? 'default' : 'filled'}
            loading={busy}
            disabled={!may || missing}
            onClick={() => void begin()}
          >
            {authorised === 'no' ? 'Authorise' : 'Authorise again'}
          </Button>
          {authorised === 'yes' && !application.existing && (
            <Button variant="subtle" color="gray" disabled={!may} onClick={() => setWithdrawing(true)}>
              Withdraw …
            </Button>
          )}
        </Group>
      </Stack>
      {withdrawing && (
        <Confirm
          title={`Withdraw the authorisation of ${name}?`}
          verb="Withdraw"
          run={() => api.installs.withdraw(key, user)}
          done="The token was given back."
          changes={['installs']}
          onClose={() => setWithdrawing(false)}
        >
          The token is given back to the provider and forgotten here. Steps that need it wait in trash until somebody
          authorises it again.
        </Confirm>
      )}
    </Section>
  );
}

function Device({ code, name }: { readonly code: DeviceCode; readonly name: string }) {
  const { userCode, verificationUrl, expiresAt } = code;
  return (
    <Alert color="water" title="Enter this code">
      <Stack gap="xs">
        <Group gap="sm">
          <span className={`mono ${styles.code}`}>{userCode}</span>
          <Copy label="the code" text={userCode} />
        </Group>
        <Text size="sm">
          at{' '}
          <Anchor href={verificationUrl} target="_blank" rel="noreferrer noopener" size="sm">
            {verificationUrl} <IconExternalLink size={13} aria-hidden />
          </Anchor>
          , on any device. It is good until <Time at={expiresAt} />.
        </Text>
        <Group gap="xs" role="status">
          <Loader size={14} aria-hidden />
          <Text size="sm">Waiting until {name} says yes …</Text>
        </Group>
      </Stack>
    </Alert>
  );
}
