// Google Calendar, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { GoogleCalendar, GoogleCalendarService } from './application/google-calendar.ts';
import { common, table } from './connectors/table.ts';

export { GoogleCalendar, GoogleCalendarService } from './application/google-calendar.ts';

/** As a person, and as a service account. */
export const applications: readonly Application[] = [new GoogleCalendar(), new GoogleCalendarService()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
