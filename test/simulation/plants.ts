import { plant, type Plant } from './plant.js';
import { ACCESS_PLANTS } from './plants-access.js';
import { RECORD_PLANTS } from './plants-records.js';
import { AUDIT_PLANTS } from './plants-audits.js';
import { TELLING_PLANTS } from './plants-telling.js';
import { CAMPAIGN_PLANTS } from './plants-campaign.js';
import { FILES_PLANTS } from './plants-files.js';
import { SEAT_PLANTS } from './plants-seats.js';

const STEPS = 'src/actions/run-steps.ts';
const BEGUN = 'src/actions/run-begun-step.ts';
const DESK = 'src/cases/answering/run-desk.ts';
const RIGHTS = 'src/cases/answering/run-rights.ts';
const ASKING = 'src/cases/asking/run-asking.ts';
const RECHECK = 'src/actions/recheck.ts';
const OPENING = 'src/cases/campaign/opening.ts';
const LEASES = 'src/store/leases.ts';
const SENDING = 'src/cases/asking/run-sending.ts';

const CASE_PLANTS: readonly Plant[] = [
  plant('noLease', 'a row is worked on without a lease', [
    LEASES,
    `await store.replace<T>(claim.container, { ...doc, lease, attempts: doc.attempts + 1 }, etag),`,
    `{ doc: { ...doc, attempts: doc.attempts + 1 + (lease === undefined ? 1 : 0) } as T, etag },`,
  ]),
  plant('leaseIgnored', 'a row is taken although somebody else has it', [
    LEASES,
    'if (isInHand(row.doc, now)) continue;',
    '',
  ]),
  plant('leaseForEver', 'the lease of a process that was killed never passes', [
    LEASES,
    'if (isInHand(row.doc, now)) continue;',
    'if (row.doc.lease !== undefined) continue;',
  ]),
  plant('etagIgnored', 'who writes last wins', [
    'test/simulation/memory-store.ts',
    `operation.kind === 'replace' && row?.etag !== operation.etag`,
    `operation.kind === 'replace' && row === undefined`,
  ]),
  plant('effectBeforeLog', 'the call goes out before its intention is written', [
    STEPS,
    'const intended = await move(',
    'await effectOf(step).act(doors, step, before);\n  const intended = await move(',
  ]),
  plant('noRecheck', 'nothing is read before a step', [
    'src/actions/run-recheck.ts',
    'return recheckStep(c, step, live, doors.policy, doors.clock.now());',
    `const before = {
    disableSignIn: { of: 'signIn', enabled: true },
    convertMailbox: { of: 'mailbox', type: 'user' },
    deleteAccount: { of: 'account', present: true },
    leaveGroup: { of: 'membership', licenses: step.licenses },
    removeLicenses: { of: 'licenses', licenses: step.licenses },
  }[step.kind];
  return { kind: 'go', before };`,
  ]),
  plant('noRecheckAfterCrash', 'a step that was begun is sent again without a look', [
    BEGUN,
    `const { verdict, readAt } = await look();\n  if (verdict.kind === 'go') {`,
    `const { verdict, readAt }: Seen = { verdict: { kind: 'go', before }, readAt: doors.clock.now().getTime() };
  if (verdict.kind === 'go') {`,
  ]),
  plant('noHold', 'a step is sent again without writing first that it is still ours', [
    BEGUN,
    'return call(doors, await holdOn(doors, stored, index), index, before);',
    'return call(doors, stored, index, before);',
  ]),
  plant('noHoldBetween', 'the second call of a step goes out without writing first that it is still ours', [
    'src/actions/run-sending-step.ts',
    'const held = first === undefined ? stored : await holdOn(doors, stored, index);',
    'const held = first === undefined ? stored : stored;',
  ]),
  plant('blankBelieved', 'who never signed in is taken for that while sign-in dates are blank', [
    'src/actions/run-proven-sign-ins.ts',
    '(await graph.anySignInSince(SUCCESSES_SINCE))',
    '(await graph.anySignInSince(SUCCESSES_SINCE)) !== undefined',
  ]),
  plant('parkedForGood', 'what was parked stays so when the leave is over', [
    'src/cases/run-cases.ts',
    `if (c.decision.kind === 'park') return LEAVE_OVER;`,
    `if (c.decision.kind === 'park' && c.decision.returnsOn === '') return LEAVE_OVER;`,
  ]),
  plant('returnGivenUp', 'a return that cannot be done at once is not tried once more', [
    'src/cases/parked-return.ts',
    `return index === -1 ? undefined : { for: 'again', index, lookAt };`,
    `return index === -1 || lookAt > at ? undefined : { for: 'again', index, lookAt };`,
  ]),
  plant('parkedAnyTime', 'a license is parked of somebody who is back', [
    RECHECK,
    `if (isBack(c, now)) return { kind: 'cancel', cause: 'backFromLeave', why: BACK };`,
    '',
  ]),
  plant('parkedWithoutStandIn', 'on leave the license goes and nothing comes for it', [
    'src/cases/stand-in.ts',
    `if (answer === 'park') return parking;`,
    `if (answer === 'park') return parking?.skuId === undefined ? parking : undefined;`,
  ]),
  plant('capOffByOne', 'one step a day too many', [
    'src/actions/run-daily-limit.ts',
    `return steps.length >= most ? 'none' : 'free';`,
    `return steps.length > most ? 'none' : 'free';`,
  ]),
  plant('capNotShared', 'each try counts its own steps of the day', [
    'src/actions/run-daily-limit.ts',
    `const steps = pages.flatMap((page) => page.steps);`,
    `const steps = pages.flatMap((page) => page.steps).slice(0, 2);`,
  ]),
  plant('runOffByOne', 'one case a run too many', [
    OPENING,
    'before.length + open.length >= perRun',
    'before.length + open.length > perRun',
  ]),
  plant('departmentIgnored', 'no limit per department', [
    OPENING,
    `>= most ? 'limit-per-department-reached'`,
    `>= most + 1 ? 'limit-per-department-reached'`,
  ]),
  plant('oldRoster', 'the re-check keeps to the first roster that it read', [
    'src/audit/roster/run-store.ts',
    'if (known?.runId !== head.runId) known =',
    'if (known === undefined) known =',
  ]),
  plant(
    'wrongPlans',
    'an undo gives back all plans',
    [
      'src/actions/licenses.ts',
      ': { add: licenses.map(asHeld), remove: gives.map',
      ': { add: licenses.map(({ skuId }) => ({ skuId, disabledPlans: [] })), remove: gives.map',
    ],
    [
      'src/actions/licenses.ts',
      'direct !== undefined && sameSet(direct.disabledPlans, license.disabledPlans)',
      'direct !== undefined && sameSet([], [])',
    ],
  ),
  plant('undoForgetsCheck', 'an undo counts as done when its call was accepted', [
    'src/actions/run-undo.ts',
    `if (found === 'yes') return say(doors, stored, { type: 'undoDone', index }`,
    `if (progress.is === 'undoSent' || progress.tries > 0) return say(doors, stored, { type: 'undoDone', index }`,
  ]),
  plant('sentTwice', 'after a failed try a question goes out twice', [
    SENDING,
    'const tried = { held, delivery: await send() };',
    `if (held.doc.attempts > 1) await send();
  const tried = { held, delivery: await send() };`,
  ]),
  plant('brakeNotRead', 'the switch is not read before a step', [
    STEPS,
    `const brake = await readBrake(doors);
  if (brake === 'running') return false;`,
    'const brake: Brake = await readBrake(doors);\n  if (doors.clock !== undefined) return false;',
  ]),
  plant('brakeNotReadToAsk', 'the switch is not read before a message goes out', [
    SENDING,
    "if ((await readBrake(doors)) !== 'running') return setAside(doors, claimed, later(doors, claimed.doc));",
    '',
  ]),
  plant('copiesForgotten', 'a card that somebody opened stays as it was', [
    'src/cases/asking/run-show-latest.ts',
    'return showCopies(doors, await showNotice(doors, await showQuestion(doors, stored)));',
    'return showNotice(doors, await showQuestion(doors, stored));',
  ]),
  plant('observeActs', 'a policy that observes does not hold steps', [
    'src/cases/campaign/run-switch.ts',
    `return doors.policy.mode === 'observe' ? 'observing' : readSwitch(doors.store);`,
    'return readSwitch(doors.store);',
  ]),
  plant('protectionIgnored', 'new protection does not stop a step', [
    RECHECK,
    'if (live.protections.length > 0)',
    'if (live.protections.length > 99)',
  ]),
  plant('activeIgnored', 'a fresh sign-in does not stop a step', [
    RECHECK,
    'daysBetween(dayOf(signIn.successful), dayOf(now)) < policy.inactivity.days',
    'daysBetween(dayOf(signIn.successful), dayOf(now)) < 0',
  ]),
  plant(
    'auditIgnored',
    'what the newest audit says ends no case and stops no step',
    [RECHECK, `if (live.latest === 'active')`, `if (live.person === undefined)`],
    ['src/cases/run-outdated.ts', `if (outdated === undefined) return undefined;`, `return undefined;`],
  ),
  plant('oldAudit', 'an audit of last month is new enough', [
    'src/actions/run-latest-audit.ts',
    'const MOST_AUDIT_AGE_MS = 8 * DAY_MS;',
    'const MOST_AUDIT_AGE_MS = 80 * DAY_MS;',
  ]),
  plant('mailboxIgnored', 'a mailbox goes with its license', [
    'src/actions/plan.ts',
    `return policy.reclaim.mailbox === 'waive' || mailbox === 'shared' || mailbox === 'noMailbox';`,
    `return policy.reclaim.mailbox === 'waive' || mailbox !== 'room';`,
  ]),
  plant(
    'strangerAccepted',
    'anybody may answer a question',
    [RIGHTS, `(c.state === 'asked' && asked)`, `(c.state === 'asked' && (asked || !decides))`],
    [RIGHTS, 'return asked || before || decides;', 'return asked || before || !decides || decides;'],
  ),
  plant(
    'anybodyIsAdmin',
    'anybody may decide what was handed to the admins',
    [RIGHTS, `(c.state === 'adminReview' && decides)`, `c.state === 'adminReview'`],
    [RIGHTS, 'return asked || before || decides;', 'return asked || before || !decides || decides;'],
  ),
  plant('oldManager', 'whether the manager is still the manager is not read', [
    DESK,
    'const changed = await askedChanged(doors, c, request.by);',
    'const changed = [await askedChanged(doors, c, request.by)].at(1);',
  ]),
  plant('staleCard', 'an answer on an old card counts', [DESK, ' || c.version !== request.version', '']),
  plant('sealBroken', 'executives are shown like anybody', [
    'src/cases/hr/sealed.ts',
    'c.protections.some(isHrKind)',
    `c.protections.some((kind) => kind === 'resource')`,
  ]),
  plant('executiveAsked', 'executives by group are asked about', [
    'src/audit/protection/protection.ts',
    `...listRules('executives', executives, person.id, groups),`,
    '',
  ]),
  plant('holdEndsEarly', 'the undo window is half as long', [
    STEPS,
    'at(doors, holdOf(c, doors.policy))',
    'at(doors, holdOf(c, doors.policy) / 2)',
  ]),
  plant('givesAnyway', 'a receiver gets a license that was not taken', [
    'src/actions/run-recheck.ts',
    'const taken = takenBefore(c.steps, step.licenses);',
    'const taken = step.licenses;',
  ]),
  plant(
    'undoneAndTaken',
    'after an undo the old decision is carried out again',
    [
      'src/cases/transition-back.ts',
      `? undoneAfter(c, at)`,
      `? { state: 'scheduled', ...carried(c), steps: c.steps.map((step) => ({ ...step, progress: { is: 'planned' } })) }`,
    ],
    ['src/cases/life.ts', `undoFinished: ['undone'],`, `undoFinished: ['scheduled'],`],
  ),
  plant('takenWhileUndoing', 'a step that was begun is sent again while it is undone', [
    BEGUN,
    `return stored.doc.state === 'undoing'
    ? forget(doors, stored, index, progress)
    : sendAgain(doors, stored, index, before);`,
    'return sendAgain(doors, stored, index, before);',
  ]),
  plant('undoHeld', 'a brake holds an undo', [
    STEPS,
    `if (c.state === 'undoing') return`,
    `if (c.state === 'undoing' && (await readBrake(doors)) !== 'running') return lookAgain(doors, stored);
  if (c.state === 'undoing') return`,
  ]),
  plant('noCoolDown', 'who was given back their license is asked about again at once', [
    OPENING,
    `case 'undone':
      return coolDown(existing.closedAt, policy);`,
    `case 'undone':
      return undefined;`,
  ]),
  plant('lateForgotten', 'a card that came when its case had gone on is not remembered', [
    'src/cases/asking/run-kept-cards.ts',
    `else await doors.store.replace<Case>('cases', next, etag);`,
    `else if (etag === '') await doors.store.replace<Case>('cases', next, etag);`,
  ]),
  plant(
    'earlierStays',
    'an earlier card that could not be edited when a new one came can be answered for good',
    [
      'src/cases/asking/run-delivered.ts',
      `if (edit.kind === 'later' || (edit.kind !== 'shown' && isPutOff(edit))) ended = 'later';`,
      `if (edit.kind === 'later') ended = 'later';`,
    ],
  ),
  plant('askedBeforeStays', 'who was asked before and could not be told so keeps a question', [
    'src/cases/asking/stored-message.ts',
    'c.message.shows < c.version - 1',
    'c.message.shows < 0',
  ]),
  plant('clockFromOpening', 'the answer clock starts before the question has arrived', [
    SENDING,
    'const answerDue = instant(new Date(Date.parse(drawnAt) +',
    'const answerDue = instant(new Date(Date.parse(first.openedAt) +',
  ]),
  plant('silenceRemoves', 'no answer counts as yes', [
    ASKING,
    `if (answerDue <= now) return passOnInTime(doors, stored, 'Nobody answered in time.', answerDue);`,
    `if (answerDue <= now) {
    const { planSteps } = await import('../actions/plan.js');
    const by = { id: stored.doc.askedOf, displayName: '' };
    const decision = { kind: 'reclaim', by, at: now, reason: undefined };
    const { steps, actsFrom } = planSteps(stored.doc, decision, doors.policy);
    return done(move(doors, stored, { type: 'decided', decision, steps, actsFrom }, BY_SYSTEM));
  }`,
  ]),
  plant('timetableIgnored', 'a step runs as soon as it is decided', [
    'src/actions/plan.ts',
    'Math.max(asked + policy.timetable[name], decided)',
    'Math.max(asked, decided)',
  ]),
  plant(
    'afterDecisionIgnored',
    'a step does not wait after its decision',
    ['src/actions/plan.ts', 'Date.parse(decision.at) + afterDecision', 'Date.parse(decision.at)'],
    ['src/actions/plan.ts', '+ Math.max(afterDecision, review)', ''],
  ),
  plant(
    'twoCases',
    'somebody gets a second case while the first is open',
    [
      'src/cases/campaign/run-opening.ts',
      `if (newest !== undefined && stillCounts(newest, doors.policy, now)) return 'taken';`,
      '',
    ],
    [OPENING, `if (earlier?.kind === 'openCase' || earlier?.kind === 'sameRun') return 'has-open-case';`, ''],
  ),
  plant('writtenInPieces', 'a case and its history are written one after the other', [
    'src/cases/run-move.ts',
    `const [etag] = await doors.store.batch('cases', next.caseId, operations);`,
    `const [etag] = await doors.store.batch('cases', next.caseId, operations.slice(0, 1));
  await doors.store.batch('cases', next.caseId, operations.slice(1));`,
  ]),
  plant('beforeAsPlanned', 'the before-state is what was planned, not what is there', [
    STEPS,
    `const intention = { type: 'stepIntended', index, before } as const;`,
    `const planned = 'licenses' in step ? { ...before, licenses: step.licenses } : before;
    const intention = { type: 'stepIntended', index, before: planned } as const;`,
  ]),
  plant('notApproved', 'the first run opens cases unapproved', [
    'src/cases/campaign/run-approved-part.ts',
    `rules.firstRun === 'required' &&`,
    `rules.firstRun !== 'required' &&`,
  ]),
  plant(
    'blankAccepted',
    'a report without any date is believed',
    ['src/audit/sources/run-sources.ts', 'goOn(reportShowsUse(pass.coverage.activeUsers, policy));', ''],
    [
      'src/audit/guards/guards.ts',
      'if (used !== 0 || rows < SMALLEST_BLANK) return undefined;',
      'return undefined;',
    ],
  ),
  plant('failuresGoOn', 'steps that fail for several people do not pause the campaign', [
    'src/actions/run-failure-guard.ts',
    'if (cases.length < MOST_IN_A_ROW) return;',
    'if (cases.length < MOST_IN_A_ROW * 100) return;',
  ]),
  plant(
    'namesStayShown',
    'the row that conceals names again is not written',
    [
      'src/audit/reveal/run-row.ts',
      `await doors.store.create('commands', row);`,
      `await doors.store.create('refs', row);`,
    ],
    ['src/audit/reveal/run-reveal.ts', 'await renewRow(doors, row);', ''],
  ),
  plant('cardForgotten', 'a card is not edited when the case moves on', [
    'src/cases/asking/run-show-latest.ts',
    `if (!cardIsStale(stored.doc) ||`,
    `if (!cardIsStale(stored.doc) || stored.doc.version > 3 ||`,
  ]),
  plant('rowForgotten', 'a case whose step failed is not looked at again', [
    'src/actions/run-after-failure.ts',
    '{ ...current.doc, dueAt: at(doors, wait), lease: undefined },',
    '{ ...current.doc, dueAt: tries > 1 ? undefined : at(doors, wait), lease: undefined },',
  ]),
];

/** All of them. */
export const PLANTS: readonly Plant[] = [
  ...CASE_PLANTS,
  ...ACCESS_PLANTS,
  ...TELLING_PLANTS,
  ...CAMPAIGN_PLANTS,
  ...RECORD_PLANTS,
  ...AUDIT_PLANTS,
  ...SEAT_PLANTS,
  ...FILES_PLANTS,
];
