import { describe, expect, test } from '@jest/globals';
import { watchPeople } from '../../../src/audit/scope/run-scope.js';
import { readPeopleFile, unmatchedPeople } from '../../../src/audit/scope/people.js';
import { graphWorld } from '../../world/graph-world.js';
import { aPerson, userId } from '../../world/people.js';

const ID = '1b2c3d4e-0000-4000-8000-00000000000a';
const read = (text: string) => readPeopleFile(Buffer.from(text));

describe('a list of people', () => {
  test('names them by id or by name, each once, with its first line', () => {
    const file = read(
      `User Principal Name;Object ID;Note\nADA@Harbor.example;;a\n;${ID.toUpperCase()};b\n;;\n\nada@harbor.example;;c\n`,
    );
    expect(file).toEqual({
      kind: 'people',
      keys: new Map([
        ['ada@harbor.example', 2],
        [ID, 3],
      ]),
    });
  });

  test('of one column needs no delimiter', () => {
    expect(read('UserPrincipalName\r\nada@harbor.example\r\n')).toMatchObject({ kind: 'people' });
  });

  test('goes by the id where a row has both: names are given anew', () => {
    expect(read(`ObjectId,UPN\n${ID},ada@harbor.example\n`)).toMatchObject({ keys: new Map([[ID, 2]]) });
  });

  test('says every line that names nobody', () => {
    expect(read('ObjectId,UPN,Name\n12,,a\n,Ada Voss,b\n,,c\n,ada@harbor.example,d,e\n')).toEqual({
      kind: 'errors',
      errors: [
        { line: 2, says: 'its ObjectId is no GUID' },
        { line: 3, says: 'its UserPrincipalName has no @' },
        { line: 4, says: 'it names nobody' },
        {
          line: 5,
          says: 'it has 4 cells where the header has 3; a cell with a delimiter needs quotation marks',
        },
      ],
    });
  });

  test.each([
    ['', 'is empty'],
    ['EmployeeId\nE1\n', 'has no column ObjectId or UserPrincipalName in its first line'],
    ['ObjectId\n\n', 'names nobody, so that nobody would be in scope: add people to it'],
  ])('%j is none', (text, says) => {
    expect(read(text)).toEqual({ kind: 'errors', errors: [{ line: undefined, says }] });
  });
});

describe('rows that match nobody', () => {
  test('are those whose keys nobody has', () => {
    const keys = new Map([
      ['ada@harbor.example', 2],
      [ID, 3],
    ]);
    expect(unmatchedPeople(keys, new Set(['ada@harbor.example', 'béla@harbor.example']))).toEqual([
      { key: ID, line: 3 },
    ]);
  });

  test('are known after the directory pass, whose pages come through unchanged', async () => {
    const graph = graphWorld([aPerson('Ada'), aPerson('Béla'), aPerson('Cleo')], { pageSize: 2 });
    const keys = new Map<string, number>([
      ['béla@harbor.example', 2],
      [userId('Cleo'), 3],
      ['gone@harbor.example', 4],
    ]);
    const watched = watchPeople(graph, keys);
    const names: string[] = [];
    for await (const page of watched.graph.licensedPeople())
      names.push(page.map(({ displayName }) => displayName).join());
    expect(names).toEqual(['Ada,Béla', 'Cleo']);
    expect(watched.unmatched()).toEqual([{ key: 'gone@harbor.example', line: 4 }]);
  });
});
