import { plant, type Plant } from './plant.js';

const ACCESS = 'src/actions/recheck-access.ts';
const MAILBOX = 'src/actions/recheck-mailbox.ts';
const SHARING = 'src/actions/recheck-sharing.ts';
const HOLD = 'src/cases/hold.ts';
const LEAVING = 'src/actions/recheck-leaving.ts';
const SIGN_IN = 'src/actions/effects/run-sign-in.ts';
const DELETION = 'src/actions/plan-deletion.ts';
const BEFORE_DELETION = 'src/actions/recheck-deletion.ts';
const WATCH = 'src/actions/run-watch.ts';

/** Mistakes about accounts, groups, mailboxes, and what people do by hand. */
export const ACCESS_PLANTS: readonly Plant[] = [
  plant(
    'syncBelieved',
    'what Entra says of an account from AD stands before AD was synchronized',
    [SIGN_IN, 'if (!isSynced(person)) return true;', 'return true;'],
    [
      SIGN_IN,
      'if (person === undefined || !isSynced(person)) return undefined;',
      'if (person === undefined || person.id !== undefined) return undefined;',
    ],
  ),
  plant('adChanged', 'sign-in of an account from AD is blocked in Entra', [
    ACCESS,
    `? { kind: 'byHand', before, task: DISABLE_IN_AD }`,
    `? { kind: 'go', before }`,
  ]),
  plant('roomIgnored', 'a mailbox moves under a cheaper license whatever is in it', [
    MAILBOX,
    'if (beyond !== undefined)',
    `if (beyond !== undefined && exchange.type !== 'user')`,
  ]),
  plant('roomNotRead', 'a mailbox that nobody may look into fits', [
    MAILBOX,
    `if (exchange === 'noMailbox') return undefined;`,
    `if (exchange === 'noMailbox' || exchange === 'noDoor') return undefined;`,
  ]),
  plant('sizeUnknownFits', 'a mailbox of a size that nobody can read fits', [
    MAILBOX,
    'if (exchange.bytes !== undefined) return undefined;',
    `if (exchange.type !== 'room') return undefined;`,
  ]),
  plant('notSignedOut', 'who is blocked stays signed in', [
    SIGN_IN,
    'return answerOf(await graph.revokeSessions(userId));',
    `return { kind: 'accepted' };`,
  ]),
  plant('groupTakesMore', 'a group is left although it gives something else as well', [
    LEAVING,
    'if (others.length === 0) return undefined;',
    'if (others.length < 99) return undefined;',
  ]),
  plant('groupOfAnyKind', 'a group whose members others decide about is left', [
    LEAVING,
    `if (group.kind !== 'assigned') return`,
    `if (group.kind === 'microsoft365') return`,
  ]),
  plant('groupTakesMailbox', 'a mailbox goes with its license where that comes through a group', [
    LEAVING,
    'if (against !== undefined) return against;',
    '',
  ]),
  plant('conversionBelieved', 'a mailbox counts as shared because Exchange was asked', [
    'src/actions/effects/run-mailbox.ts',
    `tookEffect: (doors, { userId }) => isOf(doors, userId, 'shared'),`,
    `tookEffect: async () => 'yes',`,
  ]),
  plant('heldMailboxConverted', 'holds, archives and sizes of mailboxes are not looked at', [
    ACCESS,
    `if (needs?.is === 'sure' || (needs !== undefined && exchange !== 'noDoor'))`,
    `if (needs?.is === 'sure' && exchange === 'noDoor')`,
  ]),
  plant('sharedIsEnough', 'a shared mailbox loses its license whatever is in it', [
    MAILBOX,
    'return isLeftShared(live, policy) ? againstShared(loss, live) : undefined;',
    'return undefined;',
  ]),
  plant(
    'holdNotAsked',
    'what no report says against it, a shared mailbox that nobody has looked into loses its license',
    [
      SHARING,
      `const waive = of.isSealed`,
      `if (exchange === 'noDoor' && mailboxReport !== undefined && !isBeyondShared(mailboxReport)) return undefined;
  const waive = of.isSealed`,
    ],
  ),
  plant('sizeUnknownIsSmall', 'a mailbox of a size that nobody can read does without a license', [
    SHARING,
    `return bytes === undefined ? { is: 'unknown', task: \`\${SIZE_NOT_READ} \${waive}\` } : undefined;`,
    'return undefined;',
  ]),
  plant('flipInHold', 'nobody looks whether a mailbox stays shared while its case is held', [
    HOLD,
    'return index === -1 || !isTaken || isLetBe ? undefined : index;',
    'return isTaken || isLetBe || index === -1 ? undefined : index;',
  ]),
  plant('flipAtTheEnd', 'whether a mailbox stays shared is looked at only when the undo window ends', [
    HOLD,
    'const LOOK_MS = DAY_MS;',
    'const LOOK_MS = 99 * DAY_MS;',
  ]),
  plant('flipNotSeen', 'a mailbox that was made shared counts as shared for ever', [
    'src/actions/run-live-facts.ts',
    `mailbox: mailbox ?? 'user', skus`,
    `skus, mailbox: 'steps' in c && c.steps.some(({ step, progress }) => step.kind === 'convertMailbox' && progress.is === 'done')
      ? 'shared'
      : (mailbox ?? 'user')`,
  ]),
  plant('deletesEmployees', 'accounts of people who still work here are deleted', [
    DELETION,
    `return timetable.delete !== 'never' && GONE.has(scenario);`,
    `return timetable.delete !== 'never';`,
  ]),
  plant('deletesEarly', 'accounts are deleted as soon as their undo window ends', [
    DELETION,
    'const waited = after(decided, wait);',
    'const waited = after(decided, wait * 0);',
  ]),
  plant(
    'stillDeletes',
    'accounts are deleted although the policy does not say so any more',
    [
      BEFORE_DELETION,
      `if (policy.timetable.delete === 'never')`,
      `if (policy.timetable.delete === undefined)`,
    ],
    [
      'src/actions/replan.ts',
      `if (c.steps[index]?.progress.is !== 'planned' || deletesAccount(c, policy))`,
      'if (c.steps[index] !== undefined)',
    ],
  ),
  plant('rightsOfTheOpening', 'whoever has opened a card sees all of it for ever', [
    'src/cases/asking/run-show-latest.ts',
    'if (!mayLook(rights)) return',
    'if (!mayLook(rights) && c.version < 0) return',
  ]),
  plant('restGoesOn', 'of what an admin let be only the first step is left out', [
    'src/cases/answering/letting-be.ts',
    'if (wanted.includes(index)) return',
    'if (wanted[0] === index) return',
  ]),
  plant('seatNotFree', 'a receiver gets a license that the person holds again', [
    'src/actions/run-recheck.ts',
    'const licenses = notHeld(taken, await graph.person(c.userId));',
    'const licenses = taken;',
  ]),
  plant(
    'receiverHasIt',
    'a license is taken for a receiver who has got it otherwise',
    [
      'src/actions/run-recheck.ts',
      'const verdict = recheckNotHeld(giving, receiver, skus) ?? recheckReceiver(giving, receiver, skus);',
      'const verdict = recheckReceiver(giving, receiver, skus);',
    ],
    [
      'src/actions/run-recheck.ts',
      `if (verdict.kind !== 'go') return verdict;`,
      `if (verdict.kind !== 'go' && verdict.kind !== 'skip') return verdict;`,
    ],
  ),
  plant('oldPlans', 'what was found of the plans at the opening counts, whatever was switched on since', [
    'src/actions/recheck-removal.ts',
    'const held = switchedSince(person, license);',
    'const held = undefined;',
  ]),
  plant('oldPlan', 'steps keep the dates of the policy under which they were decided', [
    'src/actions/run-steps.ts',
    `if (c.state === 'scheduled' && (await followPolicy(doors, { doc: c, etag: stored.etag }))) return;`,
    '',
  ]),
  plant('deletesSharedMailbox', 'an account is deleted although its shared mailbox needs it', [
    BEFORE_DELETION,
    `if (needsAccount(live)) return { kind: 'skip', why: 'The shared mailbox needs the account.' };`,
    '',
  ]),
  plant('refusalForgotten', 'what Graph refused once is not tried again', [
    'src/actions/run-step-moves.ts',
    'tryFrom: at(doors, wait)',
    'tryFrom: at(doors, wait + 9e12)',
  ]),
  plant('takenForNobody', 'what was taken stays so although its receiver is disabled by then', [
    'src/actions/run-not-now.ts',
    `const isForNobody = 'ofReceiver' in verdict && goesBack(stored.doc, index);`,
    `const isForNobody = 'ofReceiver' in verdict && goesBack(stored.doc, -1);`,
  ]),
  plant('refusedForNobody', 'what was taken stays so although Graph refuses to give it to its receiver', [
    'src/actions/run-call.ts',
    `step.kind === 'assignLicenses' && goesBack(stored.doc, index)`,
    `step.kind === 'assignLicenses' && goesBack(stored.doc, -1)`,
  ]),
  plant('deletesWhatIsLeft', 'an account is deleted with the licenses and the mailbox that it still has', [
    BEFORE_DELETION,
    'if (found.length > 0) return',
    'if (found.length > 9) return',
  ]),
  plant('deletesFiles', 'an account is deleted although nobody has seen to its files', [
    BEFORE_DELETION,
    `return policy.reclaim.oneDrive === 'waive' || isWaived(c, { of: 'files' }) ? undefined : filesFirst(c);`,
    'return c.openedAt === undefined ? filesFirst(c) : undefined;',
  ]),
  plant('deletionHeldLong', 'an undo of a deletion is promised for longer than Microsoft keeps the account', [
    DELETION,
    'Math.min(hold, MOST_HOLD_MS)',
    'Math.max(hold, 2 * MOST_HOLD_MS)',
  ]),
  plant('ownedLookedAtOnce', 'what only this person owns is not looked at again before their account goes', [
    'src/actions/run-live-facts.ts',
    `(isFirstOfAll(c) || step.kind === 'deleteAccount')`,
    'isFirstOfAll(c)',
  ]),
  plant('ownedIgnored', 'what only this person owns is not looked at', [
    'src/actions/recheck.ts',
    'return reasonStands(c, person, live, policy, now) ?? ownsAlone(c, live);',
    'return reasonStands(c, person, live, policy, now);',
  ]),
  plant('taskBelieved', 'a task counts as done without a look', [
    WATCH,
    'effectOf(step).tookEffect(doors, step, before, since)',
    `Promise.resolve('yes' as const)`,
  ]),
  plant('giveBackBelieved', 'a task to undo something counts as done without a look', [
    WATCH,
    'effectOf(step).isGivenBack(doors, step, before, since)',
    `Promise.resolve('yes' as const)`,
  ]),
  plant('undoAskedTwice', 'an undo that is asked for again forgets what a person has to do', [
    'src/actions/step-in-hand.ts',
    `'undoSent', 'undoHandedOver']);`,
    `'undoSent']);`,
  ]),
  plant('conflictForgotten', 'a case that somebody writes while an audit ends it is left as it is', [
    'src/cases/run-outdated.ts',
    'const MOST_LOOKS = 10;',
    'const MOST_LOOKS = 1;',
  ]),
  plant('rowMayBeEnded', 'the row that conceals names may be ended before its note is written', [
    'src/audit/reveal/run-reveal.ts',
    'await renewRow(doors, row);',
    '',
  ]),
  plant('nobodyIsTold', 'the first step begins although the person was not told', [
    'src/cases/telling/notice.ts',
    `return kind === 'due' || kind === 'trying';`,
    `return kind === undefined;`,
  ]),
  plant('toldTooLate', 'the first step follows on the message to the person at once', [
    'src/cases/telling/notice.ts',
    `return notice?.is.kind === 'told' ? notice.is.stepsFrom : undefined;`,
    'return notice === null ? undefined : undefined;',
  ]),
  plant('objectionLost', 'what the person says against it is not written down', [
    'src/cases/telling/run-object.ts',
    `if (!takesObjection(c)) return { kind: 'movedOn', case: c };`,
    `if (c.version > 0) return { kind: 'movedOn', case: c };`,
  ]),
  plant('disabledAnswers', 'whoever was asked in place of the manager may answer with a disabled account', [
    'src/cases/answering/run-desk.ts',
    'return person?.accountEnabled === true',
    'return person !== null',
  ]),
  plant('rolesForEver', 'what somebody was when a process first asked they are for as long as it runs', [
    'src/bot/who-may.ts',
    'const FRESH_MS = 60_000;',
    'const FRESH_MS = Infinity;',
  ]),
];
