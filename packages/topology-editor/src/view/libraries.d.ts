// Libraries that bring no types of their own.

declare module 'moddle-xml' {
  export class Writer {
    constructor(options?: { format?: boolean; preamble?: boolean });
    toXML(element: object): string;
  }
}

declare module 'diagram-js-minimap' {
  const module: Record<string, unknown>;

  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default module;
}
