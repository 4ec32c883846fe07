import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DoneAudit } from '../../src/audit/audit-result.js';
import { auditFiles } from '../../src/audit/files/files.js';
import type { Finding, Protection } from '../../src/audit/finding.js';
import { listOf } from '../../src/audit/findings.js';
import { isForHrOnly } from '../../src/audit/protection/protection.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson, groupId, idle, type WorldPerson } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { auditOnce } from '../world/audit-once.js';

const chief = aPerson('Chiara Chief', idle(150));
const second = aPerson('Sara Second', { ...idle(150), manager: chief });
const unread = aPerson('Uma Unread', { ...idle(150), manager: second, usage: 'absent' });
const board = aPerson('Gustav Guest', { ...idle(150), kind: 'guest', jobTitle: 'President' });
const exempt = aPerson('Ella Exempt', { ...idle(150), jobTitle: 'CEO', groups: ['exempt'] });
const away = aPerson('Amir Away', idle(150));
const room = aPerson('Rita Role', { ...idle(150), role: true });
const workers = Array.from({ length: 20 }, (_, n) => aPerson(`Worker ${n}`));
const FOR_HR: readonly WorldPerson[] = [chief, second, unread, board, exempt, away];

const policy = policyOf(`
protect:
  executives: { top: [${chief.person.id}], levels: 2 }
  exempt: { groups: [{ id: ${groupId('exempt')}, reason: Works council }] }
`);
const LEAVE: Protection = { kind: 'onLeave', route: 'hr', rule: 'roster of 2026-11-20: on leave' };

let result: DoneAudit;
beforeAll(async () => {
  const graph = graphWorld([...FOR_HR, room, ...workers]);
  const done = await auditOnce(graph, policy);
  if (done.kind === 'stopped') throw new Error(done.why.join('\n'));
  const findings = done.findings.map((finding) => (isAway(finding) ? onLeave(finding) : finding));
  result = { ...done, findings };
});

function isAway({ person }: Finding): boolean {
  return person.id === away.person.id;
}

function onLeave(finding: Finding): Finding {
  return { ...finding, protections: [LEAVE], recommendation: 'hrReview' };
}

describe('executives and people on leave are for the eyes of HR alone', () => {
  test('each of them is in the list of HR, and nobody else', () => {
    const forHr = result.findings.filter((finding) => listOf(finding) === 'hr');
    expect(new Set(forHr.map(({ person }) => person.id))).toEqual(
      new Set(FOR_HR.map(({ person }) => person.id)),
    );
    expect(forHr.every(({ protections }) => isForHrOnly(protections))).toBe(true);
  });

  test('their file alone tells their names and why, and may be read by its owner only', () => {
    const files = auditFiles(result, policy, 'hash').map(({ name, mode, content }) => ({
      name,
      mode,
      text: [...content].join(''),
    }));
    const withThem = files.filter(({ text }) =>
      FOR_HR.some(({ person }) =>
        [person.id, person.userPrincipalName, person.displayName].some((key) => text.includes(key)),
      ),
    );
    expect(withThem.map(({ name, mode }) => [name, mode])).toEqual([['hr-review.csv', 0o600]]);
    const telling = files.filter(({ text }) => /on leave|onLeave|executive|below the top/i.test(text));
    expect(telling.map(({ name }) => name)).toEqual(['hr-review.csv']);
    for (const rule of [LEAVE.rule, 'protect.executives.levels: 2 below the top', 'protect.executives.top']) {
      expect(withThem[0]?.text).toContain(rule);
    }
  });

  test('the rules of others are told in the list of protected people', () => {
    const [file] = auditFiles(result, policy, 'hash').filter(({ name }) => name === 'protected-users.csv');
    const text = [...(file?.content ?? [])].join('');
    expect(text).toContain('holds a directory role');
  });
});
