import { noRow } from '../reports/activations.js';
import { daysBetween, type Day } from '../day.js';
import type { Evidence, Fact, Verdict } from '../evidence.js';
import type { PartFinding } from '../finding.js';
import { judgeDated, type InactivityRules, type Judgement } from '../inactivity.js';
import type { Contents, Part } from './parts.js';
import type { License } from '../person.js';
import { productPattern } from './usage.js';

export interface LicenseJudging {
  /** The verdict on the person as a whole. */
  readonly person: Verdict;
  readonly evidence: Evidence;
  readonly contents: Contents;
  /** Whether anybody in the tenant has activated the product; without one, its absence proves nothing. */
  readonly knowsProduct: (part: 'visio' | 'project') => boolean;
}

export interface JudgedLicense {
  readonly verdict: Verdict;
  readonly parts: readonly PartFinding[];
}

/**
 * Is this license unused? Whoever provably does not sign in uses nothing. Of somebody active each service in it that
 * is switched on must be dated by a source, and every source must show that it is not used (design 2).
 */
export function judgeLicense(
  license: License,
  judging: LicenseJudging,
  rules: InactivityRules,
  today: Day,
): JudgedLicense {
  const { contents, person } = judging;
  const parts = contents.parts.map((part): PartFinding => ({
    part,
    verdict: partVerdict(part, judging, rules, today),
  }));
  const verdict =
    person.kind === 'active' ? ofActive(license, parts, contents, rules, today) : ofIdle(judging);
  return { verdict, parts };
}

function ofIdle({ person, evidence, contents }: LicenseJudging): Verdict {
  if (person.kind === 'unknown' || contents.parts.some((part) => part !== 'visio' && part !== 'project'))
    return person;
  const signInIsKnown = 'successful' in evidence.signIn && evidence.signIn.successful.kind !== 'unknown';
  return signInIsKnown
    ? person
    : { kind: 'unknown', why: ['no source that is read dates the use of this product'] };
}

function ofActive(
  license: License,
  parts: readonly PartFinding[],
  { undated }: Contents,
  rules: InactivityRules,
  today: Day,
): Verdict {
  const used = parts.flatMap(({ verdict }) => (verdict.kind === 'active' ? [verdict] : []));
  if (used.length > 0) {
    const days = used.flatMap(({ lastUse }) => lastUse ?? []);
    return { kind: 'active', lastUse: days.length > 0 ? (Math.max(...days) as Day) : undefined };
  }
  const why = [
    ...(parts.length === 0 ? ['no source that is read dates the use of this product'] : []),
    ...(undated.length > 0 ? [`no source dates ${undated.join(', ')}`] : []),
    ...parts.flatMap(({ verdict }) => (verdict.kind === 'unknown' ? verdict.why : [])),
    ...youth(license, rules, today),
  ];
  if (why.length > 0) return { kind: 'unknown', why };
  const idle = parts.flatMap(({ verdict }) => (verdict.kind === 'inactive' ? [verdict] : []));
  if (idle.length === 0) return { kind: 'neverUsed' };
  const uses = idle.flatMap(({ lastUse }) => lastUse ?? []);
  return {
    kind: 'inactive',
    days: Math.min(...idle.map(({ days }) => days)),
    lastUse: uses.length > 0 ? (Math.max(...uses) as Day) : undefined,
  };
}

/** Nobody has had time to use what came a few days ago, and nobody knows of what has no date. */
function youth({ paths }: License, { inactivity }: InactivityRules, today: Day): readonly string[] {
  const since = paths.flatMap((path) => path.since ?? []);
  const newest = since.length > 0 ? (Math.max(...since) as Day) : undefined;
  const days = newest === undefined ? undefined : daysBetween(newest, today);
  if (days !== undefined && days < inactivity.newLicenseGraceDays) return [`assigned only ${days} days ago`];
  return since.length < Math.max(paths.length, 1)
    ? ['the directory does not say since when it is assigned']
    : [];
}

function partVerdict(part: Part, judging: LicenseJudging, rules: InactivityRules, today: Day): Verdict {
  if (part === 'visio' || part === 'project') return desktopVerdict(part, judging, rules, today);
  const judged = judgementsOf(part, judging.evidence, rules, today);
  const used = judged.find(({ kind }) => kind === 'active');
  if (used?.kind === 'active') return { kind: 'active', lastUse: used.lastUse };
  const why = judged.flatMap((each) => (each.kind === 'unknown' ? each.why : []));
  if (why.length > 0 || judged.length === 0)
    return { kind: 'unknown', why: why.length > 0 ? why : ['the policy leaves out its report'] };
  const idle = judged.flatMap((each) => (each.kind === 'idle' ? [each] : []));
  const days = idle.flatMap(({ idleDays }) => idleDays ?? []);
  const uses = idle.flatMap(({ lastUse }) => lastUse ?? []);
  return {
    kind: 'inactive',
    days: days.length > 0 ? Math.min(...days) : rules.inactivity.days,
    lastUse: uses.length > 0 ? (Math.max(...uses) as Day) : undefined,
  };
}

/** What each report that dates the service says of it. */
function judgementsOf(
  part: Exclude<Part, 'visio' | 'project'>,
  { workload, reports }: Evidence,
  rules: InactivityRules,
  today: Day,
): readonly Judgement[] {
  const judged: Judgement[] = [];
  if (part !== 'apps') {
    judged.push(
      'facts' in workload
        ? judgeDated('usage report', workload.refreshed, { [part]: workload.facts[part] }, rules, today)
        : { kind: 'unknown', why: [`usage report: ${workload.unknown}`] },
    );
  }
  const name = part === 'exchange' ? 'email' : part;
  if (name !== 'email' && name !== 'teams' && name !== 'sharePoint' && name !== 'apps') return judged;
  const report = reports[name];
  if (report.kind === 'unknown') judged.push({ kind: 'unknown', why: [`${name} report: ${report.why}`] });
  if (report.kind === 'read')
    judged.push(judgeDated(`${name} report`, report.refreshed, { [name]: report.fact }, rules, today));
  return judged;
}

/**
 * Visio and Project on the desktop: never activated proves non-use of the desktop app, of somebody whom the report
 * names at all; an old activation proves nothing, because later use leaves no trace. Use of their web halves is not
 * recorded anywhere.
 */
function desktopVerdict(
  part: 'visio' | 'project',
  { evidence, knowsProduct }: LicenseJudging,
  rules: InactivityRules,
  today: Day,
): Verdict {
  const report = evidence.reports.activations;
  const rows = evidence.details.activations;
  if (report.kind === 'off')
    return { kind: 'unknown', why: ['the policy leaves out the activations report'] };
  if (report.kind === 'unknown') return { kind: 'unknown', why: [`activations: ${report.why}`] };
  if (rows === undefined) return { kind: 'unknown', why: ['activations: not read'] };
  if (rows.length === 0) return { kind: 'unknown', why: [`activations: ${noRow(report.refreshed)}`] };
  const dates = rows.flatMap(({ product, lastActivated }) =>
    productPattern(part).test(product) ? (lastActivated ?? []) : [],
  );
  const newest = dates.length > 0 ? (Math.max(...dates) as Day) : undefined;
  const fact: Fact = newest === undefined ? { kind: 'none', since: undefined } : { kind: 'on', day: newest };
  const judged = judgeDated('activations', report.refreshed, { [part]: fact }, rules, today);
  if (judged.kind === 'active') return { kind: 'active', lastUse: judged.lastUse };
  if (judged.kind === 'unknown') return { kind: 'unknown', why: judged.why };
  if (newest !== undefined)
    return { kind: 'unknown', why: ['activated on a device long ago, and later use is not recorded'] };
  if (report.doubt !== undefined) return { kind: 'unknown', why: [`activations: ${report.doubt}`] };
  if (!knowsProduct(part))
    return {
      kind: 'unknown',
      why: ['nobody in the tenant has activated the product, so its absence proves nothing'],
    };
  return { kind: 'neverUsed' };
}
