// Every connector package, as one offer.

import * as airtable from '@sluice/connector-airtable';
import * as asana from '@sluice/connector-asana';
import * as bitbucket from '@sluice/connector-bitbucket';
import * as clickup from '@sluice/connector-clickup';
import * as discord from '@sluice/connector-discord';
import * as freshdesk from '@sluice/connector-freshdesk';
import * as github from '@sluice/connector-github';
import * as gitlab from '@sluice/connector-gitlab';
import * as googleSheets from '@sluice/connector-google-sheets';
import * as hubspot from '@sluice/connector-hubspot';
import * as intercom from '@sluice/connector-intercom';
import * as jira from '@sluice/connector-jira';
import * as linear from '@sluice/connector-linear';
import * as mailchimp from '@sluice/connector-mailchimp';
import * as microsoftMail from '@sluice/connector-microsoft-mail';
import * as notion from '@sluice/connector-notion';
import * as pipedrive from '@sluice/connector-pipedrive';
import * as sendgrid from '@sluice/connector-sendgrid';
import * as shopify from '@sluice/connector-shopify';
import * as slack from '@sluice/connector-slack';
import * as stripe from '@sluice/connector-stripe';
import * as telegramBot from '@sluice/connector-telegram-bot';
import * as trello from '@sluice/connector-trello';
import * as twilio from '@sluice/connector-twilio';
import * as zendesk from '@sluice/connector-zendesk';
import type { AnyStep, Application } from '@sluice/sdk';

const packages = [
  airtable,
  asana,
  bitbucket,
  clickup,
  discord,
  freshdesk,
  github,
  gitlab,
  googleSheets,
  hubspot,
  intercom,
  jira,
  linear,
  mailchimp,
  microsoftMail,
  notion,
  pipedrive,
  sendgrid,
  shopify,
  slack,
  stripe,
  telegramBot,
  trello,
  twilio,
  zendesk,
];

export const allApplications = (): readonly Application[] => packages.flatMap(({ applications }) => applications);

export const allSteps = (): readonly AnyStep[] => packages.flatMap(({ steps }) => steps);
