import { beforeEach, describe, expect, it } from '@jest/globals';
import type { GroupId, UserId } from '../../src/audit/person.js';
import { whoMay } from '../../src/bot/who-may.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { policyOf } from '../world/policies.js';

const ANN = '00000000-0000-4000-8000-00000000000a' as UserId;
const BOB = '00000000-0000-4000-8000-00000000000b' as UserId;
const ADMINS = '00000000-0000-4000-8000-0000000000f1' as GroupId;

let now: number;
let members: Map<UserId, readonly GroupId[]>;
let asked: number;
let broken: boolean;
let gone: Set<UserId>;

beforeEach(() => {
  now = 0;
  members = new Map([[ANN, [ADMINS]]]);
  asked = 0;
  broken = false;
  gone = new Set();
});

function rolesWith(yaml: string): (userId: UserId) => Promise<readonly string[]> {
  return whoMay({
    policy: policyOf(yaml),
    clock: { now: () => new Date(now) },
    graph: {
      groupsContaining: async (userId, groupIds) => {
        asked += 1;
        if (broken) throw new Error('Graph is away');
        if (gone.has(userId)) throw new GraphFailure('notFound', 'No such user.', { operation: 'test' });
        return new Set((members.get(userId) ?? []).filter((id) => groupIds.includes(id)));
      },
    },
  });
}

const POLICY = `roles: { admins: ['${ADMINS}'], hr: ['${BOB}'], finance: ['${ADMINS}', '${BOB}'] }`;

describe('Roles', () => {
  it('come from groups and from user ids', async () => {
    const rolesOf = rolesWith(POLICY);
    expect(await rolesOf(ANN)).toEqual(['admin', 'finance']);
    expect(await rolesOf(BOB)).toEqual(['hr', 'finance']);
  });

  it('are none for everybody else', async () => {
    expect(await rolesWith(POLICY)('00000000-0000-4000-8000-00000000000c' as UserId)).toEqual([]);
  });

  it('are none for an account that is gone', async () => {
    const rolesOf = rolesWith(POLICY);
    gone.add(BOB);
    expect(await rolesOf(BOB)).toEqual([]);
    expect(await rolesOf(ANN)).toEqual(['admin', 'finance']);
  });

  it('are none for anybody when the policy names nobody, without asking Graph', async () => {
    expect(await rolesWith('')(ANN)).toEqual([]);
    expect(asked).toBe(0);
  });

  it('are asked for once a minute, so that a removed role is gone within a minute', async () => {
    const rolesOf = rolesWith(POLICY);
    await rolesOf(ANN);
    members.clear();
    now += 59_000;
    expect(await rolesOf(ANN)).toEqual(['admin', 'finance']);
    now += 1_000;
    expect(await rolesOf(ANN)).toEqual([]);
    expect(asked).toBe(2);
  });

  it('are asked for anew after a clock was put back, so that a removed role does not last as long', async () => {
    const rolesOf = rolesWith(POLICY);
    now = 3_600_000;
    expect(await rolesOf(ANN)).toEqual(['admin', 'finance']);
    members.clear();
    now = 0;
    expect(await rolesOf(ANN)).toEqual([]);
  });

  it('are no guess when Graph fails, and are asked for again at once', async () => {
    const rolesOf = rolesWith(POLICY);
    broken = true;
    await expect(rolesOf(ANN)).rejects.toThrow('Graph is away');
    broken = false;
    expect(await rolesOf(ANN)).toEqual(['admin', 'finance']);
  });
});
