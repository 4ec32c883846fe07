/** What this folder needs of a log; pino's loggers fit. */
export interface GraphLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export const silentLog: GraphLog = { debug: () => undefined, warn: () => undefined };
