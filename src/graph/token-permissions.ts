import { z } from 'zod';

const CLAIMS = z.object({ roles: z.array(z.string()).default([]) });

/**
 * The application permissions that an access token carries, read without checking its signature: Graph does that.
 * A token is for Graph to read, so what it tells is a hint for the table of tasks and nothing is decided by it alone.
 * @returns undefined when the token is opaque or of another shape
 */
export function permissionsIn(token: string): ReadonlySet<string> | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims = CLAIMS.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return claims.success ? new Set(claims.data.roles) : undefined;
  } catch {
    return undefined;
  }
}
