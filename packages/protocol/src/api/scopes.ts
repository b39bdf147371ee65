// What may be allowed at all, and the roles that everybody has to begin with.

export const SCOPES = [
  'run',
  'sync:call',
  'tool:call',
  'worker:read',
  'worker:write',
  'worker:connect',
  'worker:all',
  'worker:ask',
  'application:read',
  'application:write',
  'secret:rotate',
  'webhook:read',
  'webhook:write',
  'topology:read',
  'topology:write',
  'process:read',
  'process:write',
  'message:read',
  'message:write',
  'ledger:read',
  'metrics:read',
  'log:read',
  'log:write',
  'metric:write',
  'token:read',
  'token:write',
  /** One's own account, password and sessions; every person has it, whatever the role. */
  'account:own',
  'user:read',
  'user:write',
  'role:write',
  'audit:read',
  'gateway:read',
  'gateway:write',
  'notification:read',
  'notification:write',
  'configuration:read',
  /** A copy of everything, sealed secrets included. */
  'backup:take',
] as const;
export type Scope = (typeof SCOPES)[number];

export interface BuiltInRole {
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly Scope[];
}

const READ: readonly Scope[] = [
  'worker:read',
  'application:read',
  'webhook:read',
  'topology:read',
  'process:read',
  'message:read',
  'ledger:read',
  'metrics:read',
  'log:read',
  'token:read',
  'gateway:read',
  'notification:read',
];
const OPERATE: readonly Scope[] = [...READ, 'run', 'sync:call', 'tool:call', 'process:write', 'message:write'];
const DEVELOP: readonly Scope[] = [
  ...OPERATE,
  'topology:write',
  'gateway:write',
  'worker:write',
  'worker:connect',
  'worker:all',
  'worker:ask',
  'application:write',
  'webhook:write',
  'log:write',
  'metric:write',
  'token:write',
  'notification:write',
];

/** Who administers: the only role of which one must always be left. */
export const ADMIN_ROLE = 'admin';

/** Roles that are always there and stay as they are, from the least to the most. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  { name: 'viewer', description: 'Sees everything but people and the audit log, changes nothing', scopes: READ },
  {
    name: 'operator',
    description: 'Also runs, replays, discards, decides user tasks, sets breakpoints',
    scopes: OPERATE,
  },
  {
    name: 'developer',
    description: 'Also changes topologies, workers, applications, webhooks, and makes tokens',
    scopes: DEVELOP,
  },
  { name: ADMIN_ROLE, description: 'May do everything, people and roles included', scopes: SCOPES },
];
