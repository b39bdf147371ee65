// Slack, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Slack, SlackToken } from './application/slack.ts';
import { AddReaction } from './connectors/add-reaction.ts';
import { CreateChannel } from './connectors/create-channel.ts';
import { DeleteMessage } from './connectors/delete-message.ts';
import { FindUser } from './connectors/find-user.ts';
import { GetChannel } from './connectors/get-channel.ts';
import { GetUser } from './connectors/get-user.ts';
import { InviteUsers } from './connectors/invite-users.ts';
import { ListChannels } from './connectors/list-channels.ts';
import { ListMessages } from './connectors/list-messages.ts';
import { ListReplies } from './connectors/list-replies.ts';
import { ListUsers } from './connectors/list-users.ts';
import { SendMessage } from './connectors/send-message.ts';
import { UpdateMessage } from './connectors/update-message.ts';

export { Slack, SlackToken } from './application/slack.ts';
export type { Channel, Posted, User } from './connectors/records.ts';

/** By OAuth, and by a bot token. */
export const applications: readonly Application[] = [new Slack(), new SlackToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new SendMessage(application),
  new UpdateMessage(application),
  new DeleteMessage(application),
  new AddReaction(application),
  new ListMessages(application),
  new ListReplies(application),
  new ListChannels(application),
  new GetChannel(application),
  new CreateChannel(application),
  new InviteUsers(application),
  new ListUsers(application),
  new GetUser(application),
  new FindUser(application),
]);
