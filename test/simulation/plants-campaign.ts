import { plant, type Plant } from './plant.js';

const REMINDERS = 'src/cases/asking/reminders.ts';
const DELIVERED = 'src/cases/asking/run-delivered.ts';
const SENDING = 'src/cases/asking/run-sending.ts';
const SECOND = 'src/cases/campaign/second-person.ts';

/** Mistakes about who approves what, and about messages. */
export const CAMPAIGN_PLANTS: readonly Plant[] = [
  plant('bulkAlone', 'who asked for many questions at once approves them alone', [
    SECOND,
    'known.delete(asker.toLowerCase());',
    '',
  ]),
  plant('bulkUnapproved', 'many questions at once need no approval', [
    'src/cases/campaign/run-approved-part.ts',
    'plan.begun.length + plan.open.length > rules.bulkOver',
    'plan.begun.length + plan.open.length > rules.bulkOver * 100',
  ]),
  plant('terminalCounts', 'an approval at a terminal counts as that of another person', [
    SECOND,
    'approvers.filter(isKnownPerson).map(',
    'approvers.map(',
  ]),
  plant('approvedForAll', 'an approval holds for whoever comes into the plan later', [
    'src/cases/campaign/approved-part.ts',
    'approvals.filter(({ covers }) => isCovered(question, covers))',
    'approvals.filter(({ covers }) => covers.size > 0 || isCovered(question, covers))',
  ]),
  plant('remindedAtNight', 'a reminder that could not go out in time goes out at any hour', [
    REMINDERS,
    'if (isTryOut(awaited)) return remindAt;',
    'if (awaited !== undefined) return remindAt;',
  ]),
  plant('remindedAtWeekends', 'reminders come at weekends', [
    REMINDERS,
    'while (at.weekday >= SATURDAY) at = at.plus(',
    'while (at.weekday > SATURDAY + 1) at = at.plus(',
  ]),
  plant('remindedAgain', 'the same reminder goes out again and again', [
    REMINDERS,
    'new Date(dayAfter(now.getTime(), zone) - 1)',
    'new Date(Date.parse(awaited.askedAt))',
  ]),
  plant('departmentCountIgnored', 'a department has no limit but its share', [
    'src/cases/campaign/opening.ts',
    'Math.min(atMost, share(',
    'Math.min(Infinity, share(',
  ]),
  plant('undeliveredForEver', 'a question that Teams does not take is tried for ever', [
    DELIVERED,
    `if (again === 'never' || waited > deliverWithin) {`,
    `if (again === 'never') {`,
  ]),
  plant('triedTooLate', 'a question that Teams does not take is tried again when the time is long over', [
    DELIVERED,
    'const tryAgainAt = instant(new Date(now.getTime() + deliverWithin / 10));',
    'const tryAgainAt = instant(new Date(now.getTime() + deliverWithin * 5));',
  ]),
  plant(
    'refusedCountsAsAsked',
    'who is asked next counts as asked although Teams did not take the question',
    [
      SENDING,
      `if (delivery.kind === 'failed') {`,
      `if (delivery.kind === 'failed' && first.state !== 'escalated') {`,
    ],
    [
      SENDING,
      'const message: MessageRef = cases.length > 1 ? { ...delivery.message, digestId } : delivery.message;',
      `const nowhere = { conversationId: '', activityId: digestId, serviceUrl: '' };
  const message = { ...nowhere, ...delivery.message, ...(cases.length > 1 ? { digestId } : {}) };`,
    ],
  ),
  plant(
    'intendedCountsAsSent',
    'a question that was about to go out when its process ended counts as asked',
    [
      SENDING,
      `if (outgoing?.is === 'sent') return tell(doors, claimed, outgoing);`,
      `if (outgoing !== undefined) {
    const drawnAt = instant(doors.clock.now());
    const answerDue = instant(new Date(Date.parse(drawnAt) + doors.policy.timetable.answerDue));
    const message = { conversationId: '', activityId: outgoing.digestId, serviceUrl: '' };
    return tell(doors, claimed, { replaces: [], message, drawnAt, answerDue, ...outgoing });
  }`,
    ],
  ),
];
