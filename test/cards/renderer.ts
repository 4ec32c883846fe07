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

export const { AdaptiveCard, SerializationContext } =
  require('adaptivecards/dist/adaptivecards.js') as Renderer;
