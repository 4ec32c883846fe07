import pino from 'pino';

/** Fields of a log line: ids, counts and codes; never names, mail addresses, tokens or card texts. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Messages are static sentences, so that lines can be counted; what differs goes into the fields. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** JSON lines on stderr, so that stdout stays free for answers. */
export function openLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
