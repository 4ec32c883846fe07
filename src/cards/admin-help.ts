/** What only admins can have done, as pairs of words and meaning. Every example is understood by the chat. */
export const ADMIN_REQUESTS: readonly (readonly [request: string, meaning: string])[] = [
  ['run audit', 'Reads the tenant anew, and shows how far it is'],
  ['campaign status', 'How far the campaign has come, from found to done'],
  ['pause because REASON', 'Nobody is asked and no step is taken until **resume**; undo still works'],
  ['stop', 'Ends the campaign; asks back first'],
  ['protect NAME because REASON', 'Nothing is done to NAME from now on; add **until 2027-01-31** for an end'],
  ['exempt NAME until 2027-01-31 because REASON', 'The same, always with an end'],
  ['protections', 'Who is protected in chat; **unprotect NAME** takes it back'],
  ['review', 'Decisions that can still be released or vetoed, one by one or a page at once'],
  ['approve', 'Whom the newest audit would ask about, and the button that approves it'],
  ['admin history', 'What admins did to the whole campaign, and when'],
];
