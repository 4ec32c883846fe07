import { Cron } from 'croner';
import { nameParts } from '../audit/scope/distinguished-name.js';
import { nameKey } from '../audit/name-key.js';
import { wordKey } from '../audit/roster/words.js';
import { DAY_MS } from './durations.js';
import type { Policy, PolicyStep, PolicySurroundings, Price } from './policy.js';
import { isZone } from './zone.js';

/** A rule that spans several keys; gives sentences, or nothing. */
export interface PolicyRule {
  /** Keys without which it cannot judge. Other keys that are wrong count as left out. */
  readonly reads: readonly string[];
  readonly check: (policy: Policy, surroundings: PolicySurroundings) => readonly string[];
}

export const RULES: readonly PolicyRule[] = [
  { reads: ['evidence'], check: someEvidenceIsRequired },
  { reads: ['scope.ous'], check: ousAreDistinguishedNames },
  { reads: ['roster'], check: rosterWordsMeanOneThing },
  { reads: ['mode', 'roles.admins'], check: actingNeedsAdmins },
  { reads: ['mode', 'roles.hr', 'protect.executives'], check: executivesNeedHr },
  { reads: ['protect.executives'], check: levelsHaveATop },
  { reads: ['audit.timeZone', 'timeZones'], check: timeZonesAreKnown },
  { reads: ['audit.schedule'], check: scheduleComes },
  { reads: ['reclaim'], check: stepsAreTakenOnce },
  { reads: ['reclaim'], check: stepsKeepTheMailbox },
  { reads: ['reclaim.replace', 'reclaim.park'], check: replacementsAreOfOneStep },
  { reads: ['reclaim.steps', 'timetable'], check: stepsFollowTheTimetable },
  { reads: ['timetable'], check: remindersComeBeforeTheEnd },
  { reads: [], check: shortTimesOnlyInTheTryOut },
  { reads: [], check: deletionWaits },
  { reads: [], check: pricesEndAfterTheyBegin },
  { reads: [], check: pricesDoNotOverlap },
];

function someEvidenceIsRequired({ evidence }: Policy): readonly string[] {
  if (evidence.require.length > 0) return [];
  return [
    'evidence.require is empty: name signIn, workload or both, or nobody could ever be proven inactive.',
  ];
}

/** The plain name of a unit would hold nobody, without a word. */
function ousAreDistinguishedNames({ scope }: Policy): readonly string[] {
  return scope.ous
    .filter((ou) => nameParts(ou).length === 0 || nameParts(ou).some((part) => !part.includes('=')))
    .map(
      (ou) =>
        `scope.ous has "${ou}", which is no distinguished name: use one such as OU=Staff,DC=corp,DC=example.`,
    );
}

function rosterWordsMeanOneThing({ roster: { statuses } }: Policy): readonly string[] {
  const lists = (['active', 'left', 'onLeave'] as const).map((status) => ({
    status,
    words: new Set(statuses[status].map(wordKey)),
  }));
  return [...new Set(lists.flatMap(({ words }) => [...words]))].flatMap((word) => {
    const [first, second] = lists.filter(({ words }) => words.has(word));
    return first === undefined || second === undefined
      ? []
      : [
          `roster.statuses.${first.status} and roster.statuses.${second.status} both have "${word}": remove it from one of them.`,
        ];
  });
}

/** Safety rule 10. */
function actingNeedsAdmins({ mode, roles }: Policy): readonly string[] {
  if (mode !== 'act' || roles.admins.length > 0) return [];
  return ['roles.admins is empty, but mode is act: name at least one Entra group or user id.'];
}

/** Safety rule 10. */
function executivesNeedHr({ mode, roles, protect }: Policy): readonly string[] {
  const { titles, groups, users, top } = protect.executives;
  const named = titles.length + groups.length + users.length + top.length;
  if (mode !== 'act' || roles.hr.length > 0 || named === 0) return [];
  return [
    'roles.hr is empty, but mode is act and executives are left to HR: name at least one Entra group or user id, ' +
      'or empty protect.executives.titles.',
  ];
}

function levelsHaveATop({ protect }: Policy): readonly string[] {
  const { top, levels } = protect.executives;
  if (levels === 0 || top.length > 0) return [];
  return [
    `protect.executives.levels is ${levels}, but protect.executives.top names nobody: name those to whom ` +
      'everybody reports, or nobody is protected so.',
  ];
}

function timeZonesAreKnown({ audit, timeZones }: Policy): readonly string[] {
  const written = [['audit.timeZone', audit.timeZone], ...byCountry(timeZones)] as const;
  // The default is not asked about: the answer takes 8 MB of language data that nothing else needs.
  return written
    .filter(([, zone]) => zone !== 'Etc/UTC' && !isZone(zone))
    .map(([key, zone]) => `${key} is "${zone}", which is no IANA time zone: use one such as Europe/Berlin.`);
}

function byCountry(timeZones: Policy['timeZones']): readonly (readonly [string, string])[] {
  return Object.entries(timeZones).map(([country, zone]) => [`timeZones.${country}`, zone]);
}

function scheduleComes({ audit: { schedule } }: Policy): readonly string[] {
  const remedy = 'use five fields such as "0 6 * * 1", which is Mondays at six';
  try {
    // From a fixed day on: an audit on 30 February would be waited for in vain.
    const next = new Cron(schedule, { mode: '5-part', paused: true }).nextRun(
      new Date('2026-01-01T00:00:00Z'),
    );
    return next === null ? [`audit.schedule is "${schedule}", a time that never comes: ${remedy}.`] : [];
  } catch {
    return [`audit.schedule is "${schedule}", which is no cron expression: ${remedy}.`];
  }
}

function stepsAreTakenOnce(policy: Policy): readonly string[] {
  return stepLists(policy).flatMap(([scenario, steps]) => {
    const twice = steps.find((step, index) => steps.indexOf(step) < index);
    return twice === undefined ? [] : [`reclaim.steps.${scenario} has ${twice} twice: remove one of them.`];
  });
}

/** Safety rule 7: a mailbox is converted before its license goes, unless its loss is waived. */
function stepsKeepTheMailbox(policy: Policy): readonly string[] {
  if (policy.reclaim.mailbox === 'waive') return [];
  return stepLists(policy).flatMap(([scenario, steps]) => {
    const convert = steps.indexOf('convertMailbox');
    const remove = steps.indexOf('removeLicenses');
    if (scenario === 'unusedLicense' || remove === -1 || (convert !== -1 && convert < remove)) return [];
    return [
      `reclaim.steps.${scenario} removes licenses without converting the mailbox before: ` +
        'put convertMailbox first, or set reclaim.mailbox to waive and accept the loss of mail after 30 days.',
    ];
  });
}

/** What is given instead of something is not given up itself, or nobody could say what somebody ends up with. */
function replacementsAreOfOneStep({ reclaim }: Policy): readonly string[] {
  return (['replace', 'park'] as const).flatMap((key) => {
    const dear = reclaim[key].map(({ sku }) => nameKey(sku));
    const twice = reclaim[key].filter(({ sku }, index) => dear.indexOf(nameKey(sku)) < index);
    const chained = reclaim[key].filter(({ by }) => dear.includes(nameKey(by)));
    return [
      ...twice.map(({ sku }) => `reclaim.${key} has ${sku} twice: remove one of them.`),
      ...chained.map(
        ({ sku, by }) => `reclaim.${key} gives ${by} for ${sku} and takes ${by} as well: leave one out.`,
      ),
    ];
  });
}

function stepsFollowTheTimetable(policy: Policy): readonly string[] {
  const errors = stepLists(policy).flatMap(([, steps]) =>
    steps.flatMap((step, index) => {
      const earlier = steps.slice(0, index).find((other) => policy.timetable[other] > policy.timetable[step]);
      if (earlier === undefined) return [];
      return [
        `timetable.${earlier} is later than timetable.${step}, but reclaim.steps has ${earlier} first: ` +
          'make it earlier, or change the order of the steps.',
      ];
    }),
  );
  return [...new Set(errors)];
}

function stepLists({ reclaim }: Policy): readonly (readonly [string, readonly PolicyStep[]])[] {
  return Object.entries(reclaim.steps);
}

function remindersComeBeforeTheEnd({ timetable: { reminders, answerDue } }: Policy): readonly string[] {
  if (!reminders.some((at) => at >= answerDue)) return [];
  return ['timetable.reminders has one at or after timetable.answerDue: remind earlier, or leave it out.'];
}

function shortTimesOnlyInTheTryOut(policy: Policy, surroundings: PolicySurroundings): readonly string[] {
  if (surroundings.loopbackGraph) return [];
  const { reminders, delete: _deletion, ...rest } = policy.timetable;
  const { person } = policy.tell;
  const times = [
    ...Object.entries(rest).map(([key, value]) => [`timetable.${key}`, value] as const),
    ['timetable.reminders', Math.min(...reminders)] as const,
    ...(person === 'never' ? [] : [['tell.person', person] as const]),
  ];
  return times
    .filter(([, value]) => value < DAY_MS)
    .map(([key]) => `${key} is shorter than a day: use at least P1D; less is for the simulated tenant only.`);
}

/** Safety rule 7: deletion never before 30 days. */
function deletionWaits({ timetable }: Policy): readonly string[] {
  if (timetable.delete === 'never' || timetable.delete >= 30 * DAY_MS) return [];
  return ['timetable.delete is shorter than 30 days: use at least P30D, or never.'];
}

function pricesEndAfterTheyBegin({ prices }: Policy): readonly string[] {
  return prices.flatMap(({ sku, effective, ending }, index) =>
    effective !== undefined && ending !== undefined && ending < effective
      ? [`prices[${index}] for ${sku} ends on ${ending}, before it begins on ${effective}: swap the dates.`]
      : [],
  );
}

function pricesDoNotOverlap({ prices }: Policy): readonly string[] {
  const twice = prices.flatMap((price, index) =>
    prices.slice(index + 1).some((other) => isSameSku(price, other) && overlap(price, other))
      ? [price.sku.toUpperCase()]
      : [],
  );
  return [...new Set(twice)].map(
    (sku) =>
      `prices has two prices for ${sku} that hold on the same day: give each its effective and ending date.`,
  );
}

function isSameSku(a: Price, b: Price): boolean {
  return a.sku.toLowerCase() === b.sku.toLowerCase();
}

function overlap(a: Price, b: Price): boolean {
  return (a.effective ?? '') <= (b.ending ?? '9') && (b.effective ?? '') <= (a.ending ?? '9');
}
