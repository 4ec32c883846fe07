import { isoDay } from '../audit/day.js';
import type { Finding, LicenseFinding } from '../audit/finding.js';
import type { GroupId } from '../audit/person.js';
import type { Case, Instant } from '../cases/case.js';
import type { EvidenceLine } from '../cases/evidence-lines.js';
import { evidenceLines } from '../cases/evidence-lines.js';

/** What there is about whoever asks, and about nobody else. */
export interface OwnRecord {
  /** When the latest audit had ended; undefined: none has yet. */
  readonly auditedAt: Instant | undefined;
  /** What that audit keeps of them; undefined: nothing. */
  readonly facts: OwnFacts | undefined;
  /** The newest case of which they were told themself; never one of HR's. */
  readonly told: Case | undefined;
}

/**
 * Who somebody is, what they hold and when it was used. It has no place for how they were judged, nor for what protects
 * them: so the page of an executive cannot differ from that of anybody else (safety rule 3).
 */
export interface OwnFacts {
  readonly subject: Pick<
    Finding['person'],
    'displayName' | 'userPrincipalName' | 'jobTitle' | 'department' | 'country'
  >;
  /** By name. */
  readonly licenses: readonly OwnLicense[];
  readonly evidence: readonly EvidenceLine[];
  /** `YYYY-MM-DD`, up to which the usage reports reach; undefined: there is none to go by. */
  readonly evidenceDate: string | undefined;
}

export interface OwnLicense {
  readonly name: string;
  readonly ways: readonly OwnWay[];
}

/** How somebody has a license. `since`: `YYYY-MM-DD`, where the directory says so. */
export type OwnWay =
  | { readonly kind: 'direct'; readonly since: string | undefined }
  /** `name`: undefined where it could not be read. */
  | { readonly kind: 'group'; readonly name: string | undefined; readonly since: string | undefined };

/** What an audit found about somebody, cut to what they see themself. Pure. */
export function ownFacts(finding: Finding, groupNames: ReadonlyMap<GroupId, string>): OwnFacts {
  const { person, evidence, licenses } = finding;
  const { displayName, userPrincipalName, jobTitle, department, country } = person;
  const held = licenses.map(({ name, license }) => ({ name, ways: waysOf(license, groupNames) }));
  return {
    subject: { displayName, userPrincipalName, jobTitle, department, country },
    licenses: held.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    evidence: evidenceLines(finding),
    evidenceDate: 'refreshed' in evidence.workload ? isoDay(evidence.workload.refreshed) : undefined,
  };
}

/** The groups through which somebody has licenses, each once. Pure. */
export function ownGroups({ licenses }: Pick<Finding, 'licenses'>): readonly GroupId[] {
  const paths = licenses.flatMap(({ license }) => license.paths);
  return [...new Set(paths.flatMap((path) => (path.kind === 'group' ? [path.groupId] : [])))];
}

/** How somebody holds a license, path by path. Pure. */
export function waysOf(
  { paths }: LicenseFinding['license'],
  groupNames: ReadonlyMap<GroupId, string>,
): readonly OwnWay[] {
  return paths.map((path): OwnWay => {
    const since = path.since === undefined ? undefined : isoDay(path.since);
    return path.kind === 'direct'
      ? { kind: 'direct', since }
      : { kind: 'group', name: groupNames.get(path.groupId), since };
  });
}
