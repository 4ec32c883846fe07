import { createRequire } from 'node:module';

/** The published bundle: the package's own entry is an ES module that Node cannot load. */
interface Event {
  readonly message: string;
}
interface Context {
  readonly eventCount: number;
  getEventAt(index: number): Event;
}
interface Parsed {
  parse(json: unknown, context: Context): void;
  validateProperties(): { readonly validationEvents: readonly Event[] };
}
interface Renderer {
  readonly AdaptiveCard: new () => Parsed;
  readonly SerializationContext: new () => Context;
}

// Jest runs this file as CommonJS, and scripts as an ES module, which has no `require`.
export const { AdaptiveCard, SerializationContext } = createRequire(`${process.cwd()}/package.json`)(
  'adaptivecards/dist/adaptivecards.js',
) as Renderer;
