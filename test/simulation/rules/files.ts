import type { License } from '../../../src/audit/person.js';
import type { FilesPlan } from '../../../src/cases/answering/files-plan.js';
import { isWaived } from '../../../src/cases/answering/waiver.js';
import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import type { LicenseChange } from '../../../src/graph/graph-door.js';
import type { Doc } from '../../../src/store/store.js';
import { SKUS } from '../../world/skus.js';
import { nameOf } from '../cast.js';
import type { Account } from '../tenant.js';
import type { Call } from '../through.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { isGift } from './books.js';
import { goingBy } from './people.js';
import { begunStep, effectCall, SETTLED_MS, since } from './truth.js';

/** Names of the plans under which files live. */
const FILES_PLAN = /^SHAREPOINT(ENTERPRISE|DESKLESS)$/;

/** true: files live on under one of these licenses, with their plans as they are. */
function keepFiles(licenses: readonly Pick<License, 'skuId' | 'disabledPlans'>[]): boolean {
  return licenses.some(({ skuId, disabledPlans }) => {
    const plans = Object.values(SKUS).find((sku) => sku.skuId === skuId)?.plans ?? [];
    return plans.some(({ id, name }) => FILES_PLAN.test(name) && !disabledPlans.includes(id));
  });
}

/** After a call files have no license any more, and had one before. */
function losesFiles(call: Call): ((account: Account) => boolean) | undefined {
  const going = goingBy(call);
  if (going === undefined) return undefined;
  const given = call.method === 'changeLicenses' ? (call.args[1] as LicenseChange).add : [];
  return ({ person: { licenses } }) => {
    const stays = licenses.filter(({ skuId, paths }) => !paths.every((path) => going(skuId, path)));
    return keepFiles(licenses) && !keepFiles(stays) && !keepFiles(given);
  };
}

interface Side extends Doc {
  readonly caseId: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What was recorded of the files with the answer. */
function planIn(c: Case): FilesPlan | undefined {
  return 'decision' in c && 'files' in c.decision ? c.decision.files : undefined;
}

/** Who gets the files, or when they are archived, is written down, or somebody has said that it need not be. */
function isAnswered({ store }: World, c: Case): boolean {
  if (isWaived(c, { of: 'files' }) || planIn(c) !== undefined) return true;
  // What was given and goes again was answered by nobody: its history says until when they stay.
  return (
    isGift(c) &&
    store
      .peekKind<Side>('cases', 'side')
      .some(({ caseId, details }) => caseId === c.caseId && details['files'] !== undefined)
  );
}

export const filesAnswered: Rule = {
  name: 'files answered',
  promise:
    '7: who gets the files in OneDrive, or when they are archived, is recorded before their license goes',
  watch: (world, broken) => ({
    issued: (call, by) => {
      const asked = effectCall(call);
      const isAtRisk = losesFiles(call);
      if (asked?.isTaking !== true || isAtRisk === undefined || by.policy.reclaim.oneDrive === 'waive')
        return;
      const at = since(world.tenant.someone(asked.userId), isAtRisk);
      if (at === undefined || at > world.time.now() - SETTLED_MS) return;
      const c = begunStep(world, asked)?.case;
      if (c !== undefined && !isAnswered(world, c))
        broken(
          `the files of ${nameOf(asked.userId)} lose their license, and nobody has said what becomes of them`,
        );
    },
    wroteCase: (before, c, by) => {
      const files = planIn(c);
      if (files === undefined || by === undefined || c.state !== 'decided' || before?.state === 'decided')
        return;
      const wanted = by.policy.reclaim.oneDrive === 'archive' ? 'archived' : 'handedOver';
      if (files.is !== wanted)
        broken(`the files of ${nameOf(c.userId)} are to be ${files.is}, not ${wanted}`);
      if (files.is === 'handedOver' && files.to.id === c.userId)
        broken(`${nameOf(c.userId)} is to get the files of their own account`);
    },
  }),
};

const UNLICENSED_MS = 93 * DAY_MS;
const AFTER_ACCOUNT_MS = 30 * DAY_MS;
/** A step counts as done when that was read, after outages and looks that come twice a day. */
const SEEN_MS = 5 * DAY_MS;

/** When files really end: so long after they lost their license, or after their account went. */
function endOfFiles(world: World, c: Case): number {
  const someone = world.tenant.someone(c.userId);
  const unlicensed = since(someone, ({ person }) => !keepFiles(person.licenses));
  const gone = since(someone, ({ exists }) => !exists);
  return Math.min(
    unlicensed === undefined ? Infinity : unlicensed + UNLICENSED_MS,
    gone === undefined ? Infinity : gone + AFTER_ACCOUNT_MS,
  );
}

export const filesEndInTime: Rule = {
  name: 'files end in time',
  promise:
    '7: files are said to stay no longer than they do: 93 days after their license, 30 after their account',
  watch: (world, broken) => ({
    wroteCase: (before, c) => {
      if (c.state !== 'closed' || c.files === undefined || before?.state === 'closed') return;
      const said = Date.parse('deletedAt' in c.files ? c.files.deletedAt : c.files.archivedAt);
      const end = endOfFiles(world, c);
      if (said > end + SEEN_MS)
        broken(
          `the files of ${nameOf(c.userId)} are said to stay until ${new Date(said).toISOString()}, and end at ${new Date(end).toISOString()}`,
        );
    },
  }),
};
