// A described service as what a worker offers: an application, and a connector for each operation.

import type { ServiceData } from '@sluice/protocol';
import type { Application } from '../application/application.ts';
import { Operation, OperationBatch, OperationConnector } from './operation.ts';

type Types = Readonly<Record<string, { readonly input: unknown; readonly output: unknown }>>;
type Of<T> = Extract<keyof T, string>;
type ConnectorClass<In, Out> = new (application: Application) => OperationConnector<In, Out>;
type BatchClass<In, Item> = new (application: Application) => OperationBatch<In, Item>;
export type OperationStep = OperationConnector | OperationBatch;

/** @typeParam T  input and output of each operation, by its name */
export class DescribedService<T extends object = Types> {
  readonly data: ServiceData;
  readonly #operations: ReadonlyMap<string, Operation>;

  constructor(data: ServiceData) {
    this.data = data;
    this.#operations = new Map(data.operations.map((about) => [about.name, new Operation(about, data)]));
  }

  /** To be called from code of your own. @throws Error when there is none of this name */
  operation<K extends Of<T>>(name: K): Operation<Member<T, K, 'input'>, Member<T, K, 'output'>> {
    const found = this.#operations.get(name);
    if (!found) throw new Error(`The description of "${this.data.name}" has no operation "${name}".`);
    return found as unknown as Operation<Member<T, K, 'input'>, Member<T, K, 'output'>>;
  }

  /** What a connector of your own for this operation extends. */
  connector<K extends Of<T>>(name: K): ConnectorClass<Member<T, K, 'input'>, Member<T, K, 'output'>> {
    const operation = this.operation(name);
    return class extends OperationConnector<Member<T, K, 'input'>, Member<T, K, 'output'>> {
      constructor(application: Application) {
        super(application, operation);
      }
    };
  }

  /** The same for a list; its output is an item. */
  batch<K extends Of<T>>(name: K): BatchClass<Member<T, K, 'input'>, Member<T, K, 'output'>> {
    const operation = this.operation(name);
    return class extends OperationBatch<Member<T, K, 'input'>, Member<T, K, 'output'>> {
      constructor(application: Application) {
        super(application, operation);
      }
    };
  }

  /**
   * A connector for each operation, as one application.
   * @param own  classes to take instead, by name of the operation
   */
  steps(
    application: Application,
    own: { readonly [K in Of<T>]?: new (application: Application) => OperationStep } = {},
  ): readonly OperationStep[] {
    const given = own as Readonly<Record<string, (new (application: Application) => OperationStep) | undefined>>;
    return [...this.#operations].map(([name, operation]) => {
      const Own = Object.hasOwn(given, name) ? given[name] : undefined;
      if (Own) return new Own(application);
      return operation.about.pages
        ? new OperationBatch(application, operation)
        : new OperationConnector(application, operation);
    });
  }
}

type Member<T, K extends keyof T, M extends string> = T[K] extends Readonly<Record<M, infer V>> ? V : unknown;

export const describedService = <T extends object = Types>(data: ServiceData): DescribedService<T> =>
  new DescribedService<T>(data);
