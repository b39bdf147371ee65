// A worker as the existing SDK's documentation builds it: start the container, add nodes, listen. Nothing in here knows
// which platform calls it.

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
import { container, expressApp, initiateContainer, listen, TopologyRunner } from './sdk.ts';

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

// The SDK listens on every interface; an example should not. It tells where, because port 0 takes a free one.
const listenOn = expressApp.listen.bind(expressApp) as unknown as (
  port: number,
  host: string,
  done: () => void,
) => import('node:http').Server;
Object.assign(expressApp, {
  listen: (port: number, done: () => void) => {
    const server = listenOn(port, '127.0.0.1', () => {
      done();
      const address = server.address();
      if (address !== null && typeof address === 'object')
        process.stdout.write(`existing worker at http://127.0.0.1:${address.port}\n`);
    });
    return server;
  },
});
listen();
