import type { Log, LogFields } from '../telemetry/log.js';

/** Warnings and errors as lines that a person at a terminal reads, such as waits that Graph asks for. */
export function terminalLog(write: (line: string) => void): Log {
  const say = (message: string, fields: LogFields = {}): void => write(`${message}${inWords(fields)}`);
  return { debug() {}, info() {}, warn: say, error: say };
}

function inWords(fields: LogFields): string {
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${String(value)}`],
  );
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}
