// Configuration from the environment: one schema, all problems at once.

import { readFileSync } from 'node:fs';
import { parseBlock, type SettingView } from '@sluice/protocol';
import type { OidcOptions, TlsFiles } from '@sluice/server';
import { z } from 'zod';
import { readTlsFiles } from './pem-files.ts';

const CrashSwitch = z.string().regex(/^[a-z-]+:\d+$/, 'must look like before-commit:17');

const Schema = z.object({
  SLUICE_PORT: z.coerce.number().int().min(0).max(65_535).default(7700).describe('Port of the API; 0 takes a free one'),
  SLUICE_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  SLUICE_DATA: z.string().min(1).default('./data').describe('Folder of the embedded store'),
  SLUICE_ADMIN_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('API token with all scopes; made at first start when absent'),
  SLUICE_SECRET_KEY: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Master key of secrets at rest; made at first start when absent'),
  SLUICE_PARTS: z
    .string()
    .regex(
      /^(all|(processes|sync|gateway)(,(processes|sync|gateway))*)$/,
      'must be all, processes, sync, gateway, or several with commas',
    )
    .default('all')
    .describe('What runs here: processes (queues and steps), sync (synchronous calls and tools), gateway, or all'),
  SLUICE_GATEWAY_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('Port of the gateway alone; 0 takes a free one. When absent it shares the port of the API'),
  SLUICE_GATEWAY_TLS_CERT: z
    .string()
    .optional()
    .describe(
      'File with the certificate of the gateway’s own port and its chain, PEM; with the key below it speaks TLS',
    ),
  SLUICE_GATEWAY_TLS_KEY: z
    .string()
    .optional()
    .describe('File with the key of that certificate, PEM without a passphrase'),
  SLUICE_GATEWAY_TLS_CLIENT_CA: z
    .string()
    .optional()
    .describe(
      'File with the authorities whose client certificates are believed, PEM; when absent clients are not asked',
    ),
  SLUICE_ENGINE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' })
    .optional()
    .describe('Platform that runs the processes which routes of the gateway start; this one when absent'),
  SLUICE_ENGINE_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('API token of that platform, with the scopes run and process:read'),
  SLUICE_MCP_ORIGINS: z
    .string()
    .default('')
    .describe('Origins of pages that may use tools (/mcp), with commas; those of this machine may anyway'),
  SLUICE_SECRET_KEYS_OLD: z
    .string()
    .transform((text) => text.split(',').map((key) => key.trim()))
    .refine((keys) => keys.every((key) => key.length >= 16), 'must have at least 16 characters in every key')
    .optional()
    .describe('Master keys of before, comma separated: they open what was sealed under them until it is rotated'),
  SLUICE_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' })
    .optional()
    .describe('Address of the platform as people and providers reach it; the one it listens on when absent'),
  SLUICE_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((block) => block.trim())
        .filter((block) => block !== ''),
    )
    .refine((blocks) => blocks.every((block) => parseBlock(block) !== null), 'must be addresses or blocks with commas')
    .describe(
      'Proxies in front, as addresses or blocks such as 10.0.0.0/8: their X-Forwarded-For and Client-Cert are believed',
    ),
  SLUICE_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' })
    .optional()
    .describe('OpenID provider that people may sign in by; with the two below'),
  SLUICE_OIDC_CLIENT_ID: z.string().min(1).optional().describe('How the platform is called at the OpenID provider'),
  SLUICE_OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('Its secret there'),
  SLUICE_OIDC_ROLE_CLAIM: z
    .string()
    .min(1)
    .optional()
    .describe('Claim that names the role, or several; when absent roles are given here'),
  SLUICE_OIDC_DEFAULT_ROLE: z
    .string()
    .min(1)
    .optional()
    .describe('Role of whoever comes uninvited; when absent only the invited come in'),
  SLUICE_DEMO: z.string().default('1').describe('0 starts empty'),
  SLUICE_MAX_BODY_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(64 * 1024 * 1024)
    .describe('Largest body that is taken'),
  SLUICE_RETENTION_DAYS: z.coerce
    .number()
    .min(0.01)
    .max(3_650)
    .default(7)
    .describe('How long ended processes are kept'),
  SLUICE_AUDIT_DAYS: z.coerce.number().min(1).max(3_650).default(365).describe('How long the audit log is kept'),
  SLUICE_TOKEN_CHECK_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600)
    .default(60)
    .describe('How often it is looked which tokens of existing workers end soon'),
  SLUICE_NOTIFICATION_SECONDS: z.coerce
    .number()
    .min(0.05)
    .max(3_600)
    .default(5)
    .describe('How often it is looked whether a rule of notifications has something to tell'),
  SLUICE_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least level that is logged'),
  SLUICE_CRASH: CrashSwitch.optional().describe(
    'For the proof of durability: end the process by SIGKILL at this point, the n-th time',
  ),
});

const OIDC = ['SLUICE_OIDC_ISSUER', 'SLUICE_OIDC_CLIENT_ID', 'SLUICE_OIDC_CLIENT_SECRET'] as const;
const TLS = ['SLUICE_GATEWAY_TLS_CERT', 'SLUICE_GATEWAY_TLS_KEY', 'SLUICE_GATEWAY_TLS_CLIENT_CA'] as const;
const Checked = Schema.superRefine((env, context) => {
  if (TLS.some((name) => env[name] !== undefined))
    for (const name of ['SLUICE_GATEWAY_PORT', 'SLUICE_GATEWAY_TLS_CERT', 'SLUICE_GATEWAY_TLS_KEY'] as const)
      if (env[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed for TLS on the gateway’s own port' });
  if (OIDC.every((name) => env[name] === undefined)) return;
  for (const name of OIDC)
    if (env[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'is needed to sign in by an OpenID provider' });
});

export interface Config {
  /** All of it, for people: secrets are not in it. */
  readonly settings: readonly SettingView[];
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly adminToken: string | null;
  readonly secretKey: string | null;
  /** Processes run here. */
  readonly processes: boolean;
  /** Synchronous calls are taken here. */
  readonly sync: boolean;
  /** The gateway answers here. */
  readonly gateway: boolean;
  /** Null = it shares the port of the API. */
  readonly gatewayPort: number | null;
  /** What that port proves with who it is; null = it speaks plain HTTP. */
  readonly gatewayTls: TlsFiles | null;
  /** Platform that runs the processes of routes; null = this one. */
  readonly engineElsewhere: { readonly url: string; readonly token: string } | null;
  /** Origins of pages that may use tools. */
  readonly mcpOrigins: readonly string[];
  readonly formerSecretKeys: readonly string[];
  readonly publicUrl: string | null;
  /** Proxies in front that are believed what they say of clients. */
  readonly trustedProxies: readonly string[];
  readonly oidc: OidcOptions | null;
  readonly demo: boolean;
  readonly maxBodyBytes: number;
  readonly retentionMs: number;
  readonly auditMs: number;
  readonly tokenCheckMs: number;
  readonly notificationLookMs: number;
  readonly logLevel: string;
  readonly crash: { readonly point: string; readonly count: number } | null;
}

/** The environment is wrong: every problem in its message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Checked.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.')} ${issue.message}, got "${given[String(issue.path[0])] ?? ''}"`,
    );
    throw new ConfigError(`The environment has ${lines.length} problem(s):\n${lines.join('\n')}`);
  }
  const c = parsed.data;
  if ((c.SLUICE_ENGINE_URL === undefined) !== (c.SLUICE_ENGINE_TOKEN === undefined))
    throw new ConfigError('SLUICE_ENGINE_URL and SLUICE_ENGINE_TOKEN belong together: one of them is missing.');
  const runs = (part: string): boolean => c.SLUICE_PARTS === 'all' || c.SLUICE_PARTS.split(',').includes(part);
  const [point = '', count = '1'] = c.SLUICE_CRASH?.split(':') ?? [];
  return {
    settings: settingsOf(given),
    port: c.SLUICE_PORT,
    host: c.SLUICE_HOST,
    dataDirectory: c.SLUICE_DATA,
    adminToken: c.SLUICE_ADMIN_TOKEN ?? null,
    secretKey: c.SLUICE_SECRET_KEY ?? null,
    processes: runs('processes'),
    sync: runs('sync'),
    gateway: runs('gateway'),
    gatewayPort: c.SLUICE_GATEWAY_PORT ?? null,
    gatewayTls: tlsOf(c.SLUICE_GATEWAY_TLS_CERT, c.SLUICE_GATEWAY_TLS_KEY, c.SLUICE_GATEWAY_TLS_CLIENT_CA),
    engineElsewhere:
      c.SLUICE_ENGINE_URL && c.SLUICE_ENGINE_TOKEN ? { url: c.SLUICE_ENGINE_URL, token: c.SLUICE_ENGINE_TOKEN } : null,
    mcpOrigins: c.SLUICE_MCP_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    formerSecretKeys: c.SLUICE_SECRET_KEYS_OLD ?? [],
    publicUrl: c.SLUICE_PUBLIC_URL ?? null,
    trustedProxies: c.SLUICE_TRUSTED_PROXIES,
    oidc:
      c.SLUICE_OIDC_ISSUER === undefined
        ? null
        : {
            issuer: c.SLUICE_OIDC_ISSUER,
            clientId: c.SLUICE_OIDC_CLIENT_ID!,
            clientSecret: c.SLUICE_OIDC_CLIENT_SECRET!,
            roleClaim: c.SLUICE_OIDC_ROLE_CLAIM ?? null,
            defaultRole: c.SLUICE_OIDC_DEFAULT_ROLE ?? null,
          },
    demo: c.SLUICE_DEMO !== '0',
    maxBodyBytes: c.SLUICE_MAX_BODY_BYTES,
    retentionMs: c.SLUICE_RETENTION_DAYS * 86_400_000,
    auditMs: c.SLUICE_AUDIT_DAYS * 86_400_000,
    tokenCheckMs: c.SLUICE_TOKEN_CHECK_SECONDS * 1_000,
    notificationLookMs: c.SLUICE_NOTIFICATION_SECONDS * 1_000,
    logLevel: c.SLUICE_LOG_LEVEL,
    crash: c.SLUICE_CRASH ? { point, count: Number(count) } : null,
  };
}

/** @throws ConfigError when a file cannot be used */
function tlsOf(cert: string | undefined, key: string | undefined, clientCa: string | undefined): TlsFiles | null {
  if (cert === undefined || key === undefined) return null;
  try {
    return readTlsFiles({ cert, key, clientCa });
  } catch (error) {
    throw new ConfigError(`TLS of the gateway’s own port: ${(error as Error).message}.`, { cause: error });
  }
}

/** What a name like this has is a secret; a new variable is sealed by its name. */
const SECRET = /_(TOKEN|SECRET|KEY|KEYS_OLD|PASSWORD)$/;

function settingsOf(given: NodeJS.ProcessEnv): SettingView[] {
  return describeConfig().map(({ name, description, default: usual }) => {
    const value = given[name] ?? usual;
    const sealed = SECRET.test(name) && value !== '';
    return {
      name,
      // Addresses may have a password in them.
      value: sealed || value === '' ? null : value.replace(/\/\/[^/@\s]+@/g, '//***@'),
      sealed,
      source: given[name] === undefined ? 'default' : 'environment',
      description,
    };
  });
}

/** Rows of the reference page. */
export function describeConfig(): { name: string; description: string; default: string }[] {
  return Object.entries(Schema.shape).map(([name, shape]) => {
    const parsed = shape.safeParse(undefined);
    return {
      name,
      description: shape.description ?? '',
      default: parsed.success && parsed.data !== undefined ? String(parsed.data) : '',
    };
  });
}

/** Version of the product, from its package. */
export function productVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}
