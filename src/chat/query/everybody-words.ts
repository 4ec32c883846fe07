const ENGLISH = ['people', 'users', 'accounts', 'employees', 'persons'] as const;
const GERMAN = [
  ...['leute', 'personen', 'menschen', 'benutzer', 'nutzer', 'anwender', 'mitarbeiter', 'mitarbeitende'],
  ...['konten', 'accounts', 'user'],
] as const;

/**
 * Words for the number of all people, whatever was asked before: "how many people are there". With a condition beside them
 * they count whoever fits it.
 */
export const EVERYBODY: readonly string[] = [
  ...ENGLISH.flatMap((noun) => [noun, `licensed ${noun}`]).flatMap((noun) =>
    ['are there', 'do we have', 'have we', 'are in the tenant', 'exist'].map(
      (all) => `how many ${noun} ${all}`,
    ),
  ),
  ...GERMAN.flatMap((noun) => [noun, `lizenzierte ${noun}`]).flatMap((noun) =>
    ['gibt es', 'haben wir', 'sind es', 'sind da'].map((all) => `wie viele ${noun} ${all}`),
  ),
];
