// Every connector package, as one offer.

import * as github from '@sluice/connector-github';
import * as hubspot from '@sluice/connector-hubspot';
import * as shopify from '@sluice/connector-shopify';
import * as slack from '@sluice/connector-slack';
import * as stripe from '@sluice/connector-stripe';
import type { AnyStep, Application } from '@sluice/sdk';

const packages = [github, hubspot, shopify, slack, stripe];

export const allApplications = (): readonly Application[] => packages.flatMap(({ applications }) => applications);

export const allSteps = (): readonly AnyStep[] => packages.flatMap(({ steps }) => steps);
