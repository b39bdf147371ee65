// Forms of user tasks are read by the interpreter of schemas that the gateway has: nothing of them is evaluated.

import type { Forms } from '@sluice/engine';
import { compileSchema } from '@sluice/gateway';

export const schemaForms: Forms = {
  fault(schema) {
    try {
      compileSchema(schema, 'body');
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
  problems: (schema, value) => compileSchema(schema, 'body')(value),
};
