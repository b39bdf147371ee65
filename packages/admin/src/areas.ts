// Every area, in the order of the navigation. A new one is a folder and a line here.

import { applications } from './areas/applications/area.ts';
import { audit } from './areas/audit/area.ts';
import { consumers } from './areas/consumers/area.ts';
import { dashboard } from './areas/dashboard/area.ts';
import { gateway } from './areas/gateway/area.ts';
import { ledger } from './areas/ledger/area.ts';
import { limits } from './areas/limits/area.ts';
import { logs } from './areas/logs/area.ts';
import { notifications } from './areas/notifications/area.ts';
import { people } from './areas/people/area.ts';
import { performance } from './areas/performance/area.ts';
import { processes } from './areas/processes/area.ts';
import { schedules } from './areas/schedules/area.ts';
import { settings } from './areas/settings/area.ts';
import { tokens } from './areas/tokens/area.ts';
import { topologies } from './areas/topologies/area.ts';
import { trash, userTasks } from './areas/waiting/area.ts';
import { webhooks } from './areas/webhooks/area.ts';
import { workers } from './areas/workers/area.ts';
import type { Area } from './frame/area.ts';

export const areas: readonly Area[] = [
  dashboard,
  processes,
  ledger,
  trash,
  userTasks,
  schedules,
  limits,
  performance,
  logs,
  topologies,
  workers,
  applications,
  webhooks,
  gateway,
  consumers,
  people,
  tokens,
  audit,
  notifications,
  settings,
];
