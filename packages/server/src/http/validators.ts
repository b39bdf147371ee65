// Schemas of requests, compiled when the first request needs them: a platform has hundreds, and most are idle.

import buildAjv, { type BuildCompilerFromPool } from '@fastify/ajv-compiler';

type Validate = ReturnType<ReturnType<BuildCompilerFromPool>>;

const build = buildAjv();

export const validatorsOnDemand: BuildCompilerFromPool = (schemas, options) => {
  const compile = build(schemas, options);
  return (route) => {
    let made: Validate | null = null;
    const validator = Object.assign(
      (...given: Parameters<Validate>) => {
        made ??= compile(route);
        const fine = made(...given);
        validator.errors = made.errors;
        return fine;
      },
      // By `schemaEnv` Fastify knows that the place of the value in its request is wanted, for defaults and coercion.
      { errors: null as Validate['errors'], schemaEnv: true },
    );
    return validator as unknown as Validate;
  };
};
