/** The settings or the policy cannot be used: one sentence per error, all at once. */
export class WrongConfiguration extends Error {
  override readonly name = 'WrongConfiguration';
  constructor(
    readonly where: string,
    readonly errors: readonly string[],
  ) {
    super(`${where}:\n${errors.map((error) => `  - ${error}`).join('\n')}`);
  }
}
