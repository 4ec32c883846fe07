import type { SkuId } from '../../src/audit/person.js';
import { readPolicy, type Policy } from '../../src/config/policy.js';
import { DAY_MS } from '../../src/config/durations.js';
import { SKUS } from '../world/skus.js';
import { GROUPS, idOf } from './cast.js';
import type { Chance } from './random.js';
import type { World } from './world.js';

/** Many lives have policies of their own. */
const MOST_KNOWN = 50;
const known = new Map<string, Policy>();

/** Parsed once: a life has a few policies, and many lives have the same. */
function policyOf(text: string): Policy {
  const before = known.get(text);
  if (before !== undefined) return before;
  const reading = readPolicy(text, { loopbackGraph: false });
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, reading.policy);
  return reading.policy;
}

/** The rules of a life; every choice is one that a customer could make. */
export interface PolicyChoice {
  readonly mode: 'act' | 'observe';
  readonly mailbox: 'waive' | 'convert';
  /** Accounts of people who are gone are deleted in the end. */
  readonly deletes: boolean;
  /** After the decision. */
  readonly deleteAfterDays: number;
  readonly owned: 'check' | 'ignore';
  /** Who is inactive is blocked from signing in as well. */
  readonly blocks: boolean;
  readonly approval: 'required' | 'none';
  /** More questions at once need somebody else's approval. */
  readonly bulkOver: number;
  /** Names go so many days after the end of a case. */
  readonly retainDays: number;
  readonly casesPercent: number;
  readonly stepsPercent: number;
  readonly departmentPercent: number;
  readonly departmentCount: number;
  readonly removeAfterDays: number;
  readonly holdDays: number;
  readonly afterDecisionDays: number;
  /** Names in reports, which the tenant conceals, are shown for each audit. */
  readonly revealNames: boolean;
  /** 0: who got a license by hand is not left alone because of that. */
  readonly newLicenseDays: number;
  /** Of people who are gone or idle: what is managed, or everything. */
  readonly licenses: 'managed' | 'all';
  /** Whoever works here gets a cheaper license in place of the dear one. */
  readonly replaces: boolean;
  /** HR may put a cheaper license in place of the dear one while somebody is on leave. */
  readonly parks: keyof typeof PARKS;
  readonly crowd: Crowd;
  /** For a receiver who has none. */
  readonly usageLocation: 'never' | 'fromCountry' | 'DE';
  /** Whoever works here hears of it first; what comes where that cannot be. */
  readonly tells: 'never' | 'wait' | 'goOn';
  /** What becomes of files that lose their license. */
  readonly oneDrive: Policy['reclaim']['oneDrive'];
  /** What mailboxes hold is read. */
  readonly mailReport: boolean;
}

/** How long before the first step. */
export const TELL_BEFORE_MS = 2 * DAY_MS;

/** In most lives everything is few. */
export const BULK_OVER = [25, 25, 25, 25, 25, 25, 1, 2] as const;

/** In most lives longer than they last. */
export const RETAIN_DAYS = [180, 180, 180, 4, 9] as const;

/** In most lives the share is less. */
export const DEPARTMENT_COUNTS = [50, 50, 50, 50, 1] as const;

/** In most lives somebody gets them. */
export const ONE_DRIVE = ['manager', 'manager', 'manager', 'manager', 'archive', 'waive'] as const;

/** What kind of people are idle. Beside the usual ones there are lives in which accounts are deleted. */
export type Crowd =
  | 'usual'
  /** Only Visio is managed: people hold other licenses that no case is about. */
  | 'narrow'
  /** Many have left, and nothing has to be saved of what they had. */
  | 'leaving';

const CROWDS: readonly Crowd[] = [
  ...Array<Crowd>(8).fill('usual'),
  'narrow',
  ...Array<Crowd>(3).fill('leaving'),
];

type Choices = Omit<PolicyChoice, 'bulkOver' | 'retainDays' | 'departmentCount' | 'oneDrive'>;

/** @param deletions another sequence, so that the other choices of a seed stay as they were */
export function choiceBy(chance: Chance, deletions: Chance): Choices {
  const any = anyChoice(chance);
  const choice = endingWithin(any, any.holdDays);
  const crowd = deletions.pick(CROWDS);
  return { ...choice, crowd, ...THEIRS[crowd] };
}

const THEIRS: Readonly<Record<Crowd, Partial<Choices>>> = {
  usual: {},
  narrow: { deletes: true, licenses: 'managed' },
  leaving: { deletes: true, licenses: 'all', mailbox: 'waive', removeAfterDays: 15, deleteAfterDays: 30 },
};

/** Nothing of it takes longer than the life does. @param longestHold days */
function endingWithin<T extends Pick<PolicyChoice, 'holdDays' | 'deleteAfterDays'>>(
  choice: T,
  longestHold: number,
): T {
  const holdDays = Math.min(choice.holdDays, longestHold);
  return { ...choice, holdDays, deleteAfterDays: Math.min(choice.deleteAfterDays, longestHold + 16) };
}

function anyChoice(chance: Chance): Omit<Choices, 'crowd'> {
  return {
    mode: 'act',
    mailbox: chance.happens(0.4) ? 'waive' : 'convert',
    deletes: chance.happens(0.5),
    deleteAfterDays: chance.pick([30, 45]),
    owned: chance.happens(0.85) ? 'check' : 'ignore',
    blocks: chance.happens(0.35),
    approval: chance.happens(0.3) ? 'required' : 'none',
    casesPercent: chance.pick([5, 8, 12]),
    stepsPercent: chance.pick([1, 2, 3]),
    departmentPercent: chance.pick([10, 20, 40]),
    removeAfterDays: chance.pick([15, 21]),
    holdDays: chance.pick([14, 14, 14, 14, 14, 14, 14, 30]),
    afterDecisionDays: chance.pick([1, 1, 3]),
    revealNames: chance.happens(0.22),
    newLicenseDays: chance.pick([30, 30, 0]),
    licenses: chance.happens(0.25) ? 'all' : 'managed',
    replaces: chance.happens(0.25),
    parks: chance.pick(['never', 'wide', 'wide', 'wide', 'narrow']),
    usageLocation: chance.pick(['never', 'fromCountry', 'DE']),
    tells: chance.pick(['never', 'never', 'never', 'wait', 'goOn']),
    mailReport: chance.happens(0.7),
  };
}

/** Whatever process starts from now on has this policy. */
export function choose(world: World, choice: PolicyChoice): void {
  world.choice = choice;
  world.policy = policyFor(choice);
  world.story.tell(world.time.now(), 'operator', () => `the policy is now ${JSON.stringify(choice)}`);
}

/** Another policy for the next start, in one respect. @param longestHold days */
export function changedBy(chance: Chance, before: PolicyChoice, longestHold: number): PolicyChoice {
  const other = endingWithin(anyChoice(chance), longestHold);
  const keys = Object.keys(other).filter(
    (key) => key !== 'approval' && key !== 'revealNames',
  ) as (keyof typeof other)[];
  const key = chance.pick(keys);
  if (key === 'mode') return { ...before, mode: before.mode === 'act' ? 'observe' : 'act' };
  return { ...before, [key]: other[key] };
}

interface Cheaper {
  readonly sku: string;
  readonly by: string;
}

/** The cheaper one keeps a mailbox. */
const REPLACES: readonly Cheaper[] = [
  { sku: 'SPE_E5', by: 'SPE_F1' },
  { sku: 'ENTERPRISEPACK', by: 'SPE_F1' },
];
const PARKS_VISIO: Cheaper = { sku: 'VISIOCLIENT', by: 'POWER_BI_PRO' };
/** On leave: a mailbox has as much room as before, or less. */
const PARKS = {
  never: [],
  wide: [{ sku: 'SPE_E5', by: 'SPE_E3' }, { sku: 'ENTERPRISEPACK', by: 'SPE_E3' }, PARKS_VISIO],
  narrow: [...REPLACES, { sku: 'SPE_E3', by: 'SPE_F1' }, PARKS_VISIO],
} as const satisfies Record<string, readonly Cheaper[]>;

const CHEAPER: readonly Cheaper[] = [...REPLACES, ...Object.values(PARKS).flat()];

/** true: some policy gives the one for the other. */
export function isStandIn(skuId: SkuId, dear: SkuId): boolean {
  return CHEAPER.some(({ sku, by }) => partNumberOf(dear) === sku && partNumberOf(skuId) === by);
}

function partNumberOf(skuId: SkuId): string | undefined {
  return Object.values(SKUS).find((sku) => sku.skuId === skuId)?.partNumber;
}

export function policyFor(choice: PolicyChoice): Policy {
  return policyOf(`
mode: ${choice.mode}
inactivity: { newLicenseGraceDays: ${choice.newLicenseDays} }
scope: { skus: ${choice.crowd === 'narrow' ? '[VISIOCLIENT]' : '[]'} }
audit: { schedule: "0 6 * * 1", timeZone: Europe/Berlin }
roles: { admins: ['${idOf(1)}', '${GROUPS.admins}'], hr: ['${idOf(4)}', '${GROUPS.hr}'] }
protect:
  executives: { groups: ['${GROUPS.board}'] }
  exempt: { groups: ['${GROUPS.exempt}'] }
reclaim:
  mailbox: ${choice.mailbox}
  owned: ${choice.owned}
  oneDrive: ${choice.oneDrive}
  licenses: ${choice.licenses}
  usageLocation: ${choice.usageLocation}
  replace: ${JSON.stringify(choice.replaces ? REPLACES : [])}
  park: ${JSON.stringify(PARKS[choice.parks])}
  steps: { inactive: [${choice.blocks ? 'disableSignIn, ' : ''}convertMailbox, removeLicenses] }
routing: { departments: { Legal: '${idOf(12)}', Research: '${idOf(13)}' } }
timetable:
  afterDecision: P${choice.afterDecisionDays}D
  disableSignIn: P7D
  convertMailbox: P${choice.removeAfterDays - 6}D
  removeLicenses: P${choice.removeAfterDays}D
  hold: P${choice.holdDays}D
  delete: ${choice.deletes ? `P${choice.deleteAfterDays}D` : 'never'}
${choice.tells === 'never' ? '' : `tell: { person: P2D, undelivered: ${choice.tells} }`}
approvals: { firstRun: ${choice.approval}, bulkOver: ${choice.bulkOver} }
limits:
  casesPerRun: { percent: ${choice.casesPercent} }
  stepsPerDay: { percent: ${choice.stepsPercent} }
  perDepartment: { count: ${choice.departmentCount}, percent: ${choice.departmentPercent} }
evidence: { reports: [teams, activations${choice.mailReport ? ', mailboxes' : ''}] }
reports: { revealNames: ${choice.revealNames} }
privacy: { retainDays: ${choice.retainDays} }
prices: [{ sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }]
`);
}
