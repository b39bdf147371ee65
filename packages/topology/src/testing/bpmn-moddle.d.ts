// The part of bpmn-moddle that tests use; the package ships types for its elements only.

declare module 'bpmn-moddle' {
  interface Parsed {
    readonly rootElement: object;
    readonly warnings: readonly { readonly message: string }[];
  }
  export class BpmnModdle {
    fromXML(xml: string): Promise<Parsed>;
    toXML(element: object, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>;
  }
}
