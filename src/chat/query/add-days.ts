import type { Scenario } from '../../audit/finding.js';
import { addBounds } from './add-condition.js';
import type { Draft } from './draft.js';
import { smallWords } from './phrases.js';

const WITHOUT_USE = smallWords('withoutUse');
const USE = smallWords('use');
const SINCE = smallWords('since');

/** "90 days or more", "90 days without use" */
export function follows(pairs: ReadonlySet<string>, { tokens, at }: Draft, length: number): boolean {
  return pairs.has(`${tokens[at + length]?.key} ${tokens[at + length + 1]?.key}`);
}

/** Days are those without use: "kept for 90 days" and "disabled for 90 days" ask for what nobody looks up. */
export function addDays(draft: Draft, bounds: Parameters<typeof addBounds>[2], length: number): void {
  const isOfUse = follows(WITHOUT_USE, draft, length);
  if (!isOfUse && isAboutAct(draft)) draft.problems.push({ kind: 'noDates' });
  addBounds(draft, 'days', bounds, length + (isOfUse ? 2 : 0));
}

function isAboutAct({ tokens, at, last, joint, conditions }: Draft): boolean {
  const said = conditions.at(-1);
  const isReason = said?.field === 'scenario' && said.values.some((value) => DATED.has(value));
  const between = tokens.slice(last?.end ?? at, at);
  // "leavers over 120 days" are those without use, "disabled for 120 days" says since when they are.
  const isSince = isReason && between.some(({ key }) => SINCE.has(key));
  const isDated = last?.field === 'state' || (last?.field === 'scenario' && isSince);
  // "disabled, not used for 90 days"
  return joint === undefined && isDated && !between.some(({ key }) => USE.has(key));
}

const DATED: ReadonlySet<Scenario> = new Set(['leftCompany', 'disabledButLicensed']);
