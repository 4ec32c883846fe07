/** Fetch hides what happened in the cause of its TypeError; the code there is Node's or undici's. */
export function codeOf(error: unknown): string | undefined {
  const code = field(field(error, 'cause'), 'code') ?? field(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** Errors of name lookup and connecting: no byte of the request went out. */
export function wasNeverSent(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && NEVER_SENT.has(code);
}

/** What to tell the operator about a connection that did not bring an answer. */
export function reasonOf(error: unknown, timeoutMs: number): string {
  if (field(error, 'name') === 'TimeoutError') return `no answer came within ${timeoutMs / 1000} s`;
  const code = codeOf(error);
  return code === undefined ? 'the connection was cut' : `the connection failed (${code})`;
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
