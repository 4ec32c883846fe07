import type { Switch } from '../../cases/campaign/run-switch.js';

/** What an admin wants done with the whole campaign, or to know of it. */
export type AdminRequest =
  | { readonly do: 'switch'; readonly to: Switch; readonly reason: string | undefined }
  /** How far the campaign has come. */
  | { readonly do: 'status' }
  /** Run an audit now. */
  | { readonly do: 'audit' }
  /** What admins did, and when. */
  | { readonly do: 'deeds' };
