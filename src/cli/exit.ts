import { CannotWrite } from '../audit/files/run-files.js';
import { WrongConfiguration } from '../config/wrong-configuration.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { TenantFileError } from '../simulator/tenant-files.js';
import { StoreDamaged, StoreUnavailable } from '../store/store.js';

/** Exit codes; design 7. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, stopped: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command line cannot be understood; the message says how it should look. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** Says an error in words and returns its exit code. Unforeseen errors come with their stack: they are ours. */
export function explain(error: unknown, say: (text: string) => void): ExitCode {
  if (error instanceof WrongUse || error instanceof WrongConfiguration) {
    say(error.message);
    return EXIT.wrongUse;
  }
  if (error instanceof GraphFailure) {
    const { operation, status, requestId } = error.details;
    const where = [operation, status, requestId && `request-id ${requestId}`].filter(Boolean).join(', ');
    say(`Microsoft Graph: ${error.message} (${where})`);
    return EXIT.failed;
  }
  if (error instanceof StoreDamaged || error instanceof StoreUnavailable) {
    say(`Store: ${error.message}`);
    return EXIT.failed;
  }
  if (error instanceof TenantFileError) {
    say(`Simulated tenant: ${error.message}`);
    return EXIT.failed;
  }
  if (error instanceof CannotWrite) {
    say(error.message);
    return EXIT.failed;
  }
  if (isAddressInUse(error)) {
    say(`The port ${error.port} is in use: end the other program, or choose another with PORT.`);
    return EXIT.wrongUse;
  }
  if (isListenFailure(error)) {
    say(`The server cannot listen on ${error.address}:${error.port} (${error.code}): correct HOST or PORT.`);
    return EXIT.wrongUse;
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.failed;
}

function isAddressInUse(error: unknown): error is { port: number } {
  return (
    error instanceof Error &&
    (error.name === 'PortInUse' || (error as NodeJS.ErrnoException).code === 'EADDRINUSE') &&
    'port' in error
  );
}

/** A port that needs more rights, or an address that this machine does not have. */
function isListenFailure(error: unknown): error is { address: string; port: number; code: string } {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'address' in error;
}
