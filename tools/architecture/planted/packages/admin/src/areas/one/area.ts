// admin-enters-by-the-client, areas-of-the-admin-are-strangers, the-admin-runs-in-a-browser
import 'node:fs';
import { two } from '../two/area.ts';
import { server } from '../../../../server/src/index.ts';

export const one = [two, server];
