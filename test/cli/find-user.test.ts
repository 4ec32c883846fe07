import { describe, expect, it } from '@jest/globals';
import { findUser, notOneUser, type UserMatch } from '../../src/cli/find-user.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson } from '../world/people.js';

const ANN = aPerson('Ann Lee');
const ANNA = aPerson('Ann Lee-Moreau');
const BO = aPerson('Bo');
const CROWD = Array.from({ length: 12 }, (_, at) => aPerson(`Kim ${at}`));

async function find(text: string): Promise<UserMatch> {
  return findUser(graphWorld([ANN, ANNA, BO, ...CROWD]), text);
}

/** What the terminal says when the text does not tell who is meant. */
async function said(text: string): Promise<string> {
  const match = await find(text);
  return match.kind === 'one' ? match.person.displayName : notOneUser(match, text);
}

describe('a user at the terminal', () => {
  it.each([BO.person.id, BO.person.userPrincipalName, 'Bo'])('is found by %s', async (text) => {
    expect(await find(text)).toEqual({ kind: 'one', person: BO.person });
  });

  it('whose whole name is given wins over those whose names only begin so', async () => {
    expect(await find('Ann Lee')).toEqual({ kind: 'one', person: ANN.person });
    expect(await find('Ann')).toEqual({ kind: 'several', people: [ANN.person, ANNA.person] });
  });

  it('of whom several are meant is asked for by user principal name', async () => {
    expect(await said('Ann')).toBe(
      [
        '"Ann" fits several people; give the user principal name:',
        '  Ann Lee (ann.lee@harbor.example)',
        '  Ann Lee-Moreau (ann.lee-moreau@harbor.example)',
      ].join('\n'),
    );
    expect((await said('Kim')).split('\n')).toHaveLength(12);
    expect(await said('Kim')).toContain('  and maybe more');
  });

  it.each(['zed', 'zed@harbor.example', '5a7c9e10-2b4d-4f68-8c31-000000000000'])(
    'called %s, whom nobody knows, is said not to be there',
    async (text) => {
      expect(await said(text)).toBe(
        `Nobody in the directory is called "${text}". Give the whole user principal name or the object id.`,
      );
    },
  );

  it('may be asked for in words that would move the cursor', async () => {
    expect(await said('\u001b[2J')).not.toContain('\u001b');
  });
});
