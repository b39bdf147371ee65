// Every connector package and the whole toolkit, as one offer.

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
import type { AnyStep, Application } from '@sluice/sdk';
import * as amqp from '@sluice/toolkit-amqp';
import * as files from '@sluice/toolkit-files';
import * as formats from '@sluice/toolkit-formats';
import * as ftp from '@sluice/toolkit-ftp';
import * as http from '@sluice/toolkit-http';
import * as mail from '@sluice/toolkit-mail';
import * as mqtt from '@sluice/toolkit-mqtt';
import * as mysql from '@sluice/toolkit-mysql';
import * as nats from '@sluice/toolkit-nats';
import * as postgresql from '@sluice/toolkit-postgresql';
import * as redis from '@sluice/toolkit-redis';
import * as s3 from '@sluice/toolkit-s3';
import * as sftp from '@sluice/toolkit-sftp';
import * as soap from '@sluice/toolkit-soap';
import * as sqlite from '@sluice/toolkit-sqlite';

const services = [airtable, github, googleSheets, hubspot, jira, microsoftMail, pipedrive, shopify, slack, stripe];
const toolkit = [amqp, files, formats, ftp, http, mail, mqtt, mysql, nats, postgresql, redis, s3, sftp, soap, sqlite];
const packages = [...services, ...toolkit];

export const allApplications = (): readonly Application[] => packages.flatMap(({ applications }) => applications);

export const allSteps = (): readonly AnyStep[] => packages.flatMap(({ steps }) => steps);
