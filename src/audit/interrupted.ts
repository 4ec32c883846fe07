/** The audit was asked to stop. Nobody was judged; what was read of the sign-in dates is kept for the next one. */
export class AuditInterrupted extends Error {
  override readonly name = 'AuditInterrupted';

  constructor() {
    super(
      'The audit was stopped before it was done. The next one goes on with the sign-in dates read so far.',
    );
  }
}
