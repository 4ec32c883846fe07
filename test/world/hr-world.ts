import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import type { AnswerOutcome, CardAnswer } from '../../src/cases/answering/desk.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from './case-world.js';
import type { PretendTeams } from './steward-world.js';
import { aGroup } from './directory-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from './people.js';

/** Chiara is an idle executive, Ada is idle, and both report to Grace. Hanna and Hugo are HR, Alex is an admin. */
export const CHIARA = userId('Chiara');
export const ADA = userId('Ada');
export const GRACE = userId('Grace');
export const HANNA = userId('Hanna');
export const HUGO = userId('Hugo');
export const ALEX = userId('Alex');
export const STRANGER = userId('Bob');

export interface HrWorldOptions extends CaseWorldOptions {
  /** `roles.hr`; Hanna and the group of Hugo where nothing is said. */
  readonly hr?: readonly string[];
  readonly chiara?: PersonSpec;
  readonly hugo?: PersonSpec;
  /** How Teams refuses a card. */
  readonly refuse?: PretendTeams['refuse'];
}

export interface HrWorld extends CaseWorld {
  /** Somebody answers the newest case about Chiara. */
  answer(by: UserId, answer: CardAnswer): Promise<AnswerOutcome['kind']>;
  chiara(): Promise<Case>;
  /** The history of Chiara's newest case, a sentence each. */
  history(): Promise<readonly string[]>;
}

/** Opened and told: the first audit has run. */
export async function anHrWorld({
  hr = [HANNA, groupId('hr-team')],
  chiara = {},
  hugo = {},
  refuse,
  policy = '',
  ...options
}: HrWorldOptions = {}): Promise<HrWorld> {
  const grace = aPerson('Grace', idle(1));
  const people = [
    aPerson('Chiara', { ...idle(150), manager: grace, jobTitle: 'Chief Financial Officer', ...chiara }),
    aPerson('Ada', { ...idle(150), manager: grace }),
    grace,
    aPerson('Hanna', idle(1)),
    aPerson('Hugo', { ...idle(1), groups: ['hr-team'], ...hugo }),
    ...['Alex', 'Bob', 'Carl', 'Dora', 'Eve'].map((name) => aPerson(name, idle(1))),
  ];
  const world = await aCaseWorld(people, {
    policy: [
      `roles: { admins: [${ALEX}], hr: [${hr.join(', ')}] }`,
      `protect: { exempt: { groups: [${groupId('exempt')}] }${hr.length === 0 ? ', executives: { titles: [] }' : ''} }`,
      policy,
    ].join('\n'),
    groups: [aGroup('hr-team'), aGroup('exempt')],
    admins: 'byPolicy',
    ...options,
  });
  world.teams.refuse = refuse;
  await world.audit();
  await world.work();
  const newest = (): Promise<Case> => world.caseOf(CHIARA);
  return {
    ...world,
    chiara: newest,
    answer: async (by, answer) => {
      const { caseId, version } = await newest();
      const outcome = await world.desk.answer({ caseId, version, by, answer });
      return outcome.kind;
    },
    history: async () =>
      (await historyOf(world.doors, (await newest()).caseId, { eyes: 'hr' })).map(({ text }) => text),
  };
}
