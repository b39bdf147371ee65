// Every connector package, as one offer.

import * as airtable from '@sluice/connector-airtable';
import * as github from '@sluice/connector-github';
import * as googleSheets from '@sluice/connector-google-sheets';
import * as hubspot from '@sluice/connector-hubspot';
import * as jira from '@sluice/connector-jira';
import * as microsoftMail from '@sluice/connector-microsoft-mail';
import * as pipedrive from '@sluice/connector-pipedrive';
import * as shopify from '@sluice/connector-shopify';
import * as slack from '@sluice/connector-slack';
import * as stripe from '@sluice/connector-stripe';
import * as asana from '@sluice/connector-asana';
import * as clickup from '@sluice/connector-clickup';
import * as trello from '@sluice/connector-trello';
import * as notion from '@sluice/connector-notion';
import * as linear from '@sluice/connector-linear';
import * as gitlab from '@sluice/connector-gitlab';
import * as bitbucket from '@sluice/connector-bitbucket';
import * as zendesk from '@sluice/connector-zendesk';
import * as freshdesk from '@sluice/connector-freshdesk';
import * as intercom from '@sluice/connector-intercom';
import * as mailchimp from '@sluice/connector-mailchimp';
import * as sendgrid from '@sluice/connector-sendgrid';
import * as twilio from '@sluice/connector-twilio';
import type { AnyStep, Application } from '@sluice/sdk';

const packages = [airtable, github, googleSheets, hubspot, jira, microsoftMail, pipedrive, shopify, slack, stripe, asana, clickup, trello, notion, linear, gitlab, bitbucket, zendesk, freshdesk, intercom, mailchimp, sendgrid, twilio];

export const allApplications = (): readonly Application[] => packages.flatMap(({ applications }) => applications);

export const allSteps = (): readonly AnyStep[] => packages.flatMap(({ steps }) => steps);
