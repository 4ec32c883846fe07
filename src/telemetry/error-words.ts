/** An error for the log, in a line. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown';
}

/** The line of our program at which an unforeseen error arose. */
export function placeOf(error: unknown): string {
  const line = error instanceof Error ? error.stack?.split('\n')[1] : undefined;
  return line?.trim().slice(0, 200) ?? '';
}
