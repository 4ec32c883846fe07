/** What became of an audit, as guards write it, as the door to Graph does, and as whoever opens cases does. */
export const GUARDED =
  'The Teams report ends on 2026-11-13; that of the last run ended on 2026-11-14. 80 of 1000 people (8.0 %) look inactive; ' +
  'in the last run 40 of 1000 (4.0 %) did. guards.flaggedPoints allows 2 points more and guards.flaggedFactor 1.5 times as ' +
  'many. Nobody was judged; run the audit again later.';
export const REFUSED =
  'Microsoft Graph refused to read when people last signed in (403 Authorization_RequestDenied). The app needs the ' +
  'application permissions AuditLog.Read.All and User.Read.All, with admin consent. A permission granted just now may need ' +
  'some minutes to take effect.';
export const SHORT_OF_SEATS =
  'The audit is done; 12 cases were opened. 5 seats of SPE_E5 may have to be given back by an undo, but only 2 are free: ' +
  'assign no more of it, or buy some.';
