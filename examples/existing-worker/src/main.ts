// A worker as the existing SDK's documentation builds it: start the container, add nodes, listen. Nothing in here knows
// which platform calls it.

import { listenOnLoopback } from './listen.ts';
import { BrokenBatch, Items, LimitedBatch, List, Pages, PagesOfOthers, Scan } from './nodes/batches.ts';
import { FetchOptional, FetchOrder, FetchStatus, PostEffect } from './nodes/connectors.ts';
import {
  ChangeHeaders,
  ChangeUser,
  Echo,
  ForgeHeaders,
  ForgetHeaders,
  Grow,
  Measure,
  ShowHeaders,
} from './nodes/messages.ts';
import { FailReturned, FailThrown, LimitOnce, RepeatReturned, RepeatThrown, Route, Stop } from './nodes/outcomes.ts';
import { Log, StartOther } from './nodes/platform.ts';
import { Answer, Crash, Throw } from './nodes/trouble.ts';
import { container, initiateContainer, TopologyRunner } from './sdk.ts';

const remote = process.env.REMOTE_URL ?? 'http://127.0.0.1:8081';

initiateContainer();
for (const node of [
  new FetchOrder(remote),
  new FetchStatus(remote),
  new FetchOptional(remote),
  new PostEffect(remote),
  new Pages(),
  new Scan(),
  new Items(),
  new List(),
  new PagesOfOthers(),
  new LimitedBatch(),
  new BrokenBatch(),
  new RepeatThrown(),
  new RepeatReturned(),
  new Stop(),
  new FailReturned(),
  new FailThrown(),
  new LimitOnce(),
  new Route(),
  new Echo(),
  new ChangeHeaders(),
  new ForgetHeaders(),
  new ForgeHeaders(),
  new ShowHeaders(),
  new ChangeUser(),
  new Grow(),
  new Measure(),
  new Log(),
  new StartOther(container.get(TopologyRunner) as InstanceType<typeof TopologyRunner>),
  new Throw(),
  new Answer(),
  new Crash(),
])
  container.setNode(node);

listenOnLoopback();
