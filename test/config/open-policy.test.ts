import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPolicy, peopleScopeFromFile, withPeople } from '../../src/config/open-policy.js';
import { policyHash } from '../../src/config/policy-hash.js';
import type { Policy } from '../../src/config/policy.js';
import { WrongConfiguration } from '../../src/config/wrong-configuration.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'policy-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(name: string, policyFileGiven = true, loopbackGraph = false): Policy {
  return openPolicy({ policyFile: path.join(folder, name), policyFileGiven, loopbackGraph });
}

function errorsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.errors;
    throw error;
  }
  return [];
}

describe('openPolicy', () => {
  it('reads the file', () => {
    writeFileSync(path.join(folder, 'policy.yaml'), 'inactivity: { days: 60 }');
    expect(open('policy.yaml').inactivity.days).toBe(60);
  });

  it('observes by the defaults when there is no file and none was named', () => {
    expect(open('policy.yaml', false)).toMatchObject({ mode: 'observe', inactivity: { days: 90 } });
  });

  it('refuses when the file that POLICY_FILE names is missing', () => {
    const file = path.join(folder, 'policy.yaml');
    expect(errorsOf(() => open('policy.yaml'))).toEqual([
      `POLICY_FILE is ${file}, but there is no such file: write it, or correct the path.`,
    ]);
  });

  it('refuses a folder, a link to itself and a path through a file, also where no file was named', () => {
    mkdirSync(path.join(folder, 'a-folder'));
    symlinkSync('loop', path.join(folder, 'loop'));
    writeFileSync(path.join(folder, 'file'), '');
    for (const given of [true, false]) {
      expect(errorsOf(() => open('a-folder', given))).toEqual([
        `${path.join(folder, 'a-folder')} is a folder: name the file in it.`,
      ]);
      expect(errorsOf(() => open('loop', given))).toEqual([
        `${path.join(folder, 'loop')} is a link to itself: correct the link.`,
      ]);
      expect(errorsOf(() => open('file/policy.yaml', given))).toEqual([
        `${path.join(folder, 'file/policy.yaml')} lies in something that is no folder: correct the path.`,
      ]);
    }
  });

  it('says every error of the file in one message that begins with its path', () => {
    const file = path.join(folder, 'policy.yaml');
    writeFileSync(file, 'mode: acting\ntimetable: { hold: PT1S }');
    expect(() => open('policy.yaml')).toThrow(
      [
        `Policy ${file}:`,
        '  - mode is "acting": use observe or act.',
        '  - timetable.hold is shorter than a day: use at least P1D; less is for the simulated tenant only.',
      ].join('\n'),
    );
  });

  it('takes a timetable of seconds with the simulated tenant', () => {
    writeFileSync(path.join(folder, 'policy.yaml'), 'timetable: { hold: PT1S }');
    expect(open('policy.yaml', true, true).timetable.hold).toBe(1_000);
  });
});

describe('scope.people', () => {
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  beforeEach(() => {
    write('policy.yaml', 'scope: { people: lists/people.csv }');
    mkdirSync(path.join(folder, 'lists'));
  });

  it('is read beside the policy file', () => {
    write('lists/people.csv', 'UserPrincipalName\nAda@harbor.example\n');
    expect(open('policy.yaml').scope).toMatchObject({
      people: 'lists/people.csv',
      peopleKeys: new Map([['ada@harbor.example', 2]]),
    });
  });

  it('is not read, nor in the policy, where none is named', () => {
    write('policy.yaml', '');
    expect(open('policy.yaml').scope).not.toHaveProperty('peopleKeys');
  });

  it('is missed, with the path that was tried', () => {
    expect(errorsOf(() => open('policy.yaml'))).toEqual([
      `scope.people: ${path.join(folder, 'lists/people.csv')} is not there: correct the path.`,
    ]);
  });

  it('is refused with every line in which something is wrong', () => {
    const file = write('lists/people.csv', 'ObjectId\nx\n\ny\n');
    expect(errorsOf(() => open('policy.yaml'))).toEqual([
      `scope.people: ${file}, line 2: its ObjectId is no GUID.`,
      `scope.people: ${file}, line 4: its ObjectId is no GUID.`,
    ]);
  });

  it('is refused as a whole, or with its first twenty lines, where there is more than a slip', () => {
    const file = write('lists/people.csv', 'Name\nAda\n');
    expect(errorsOf(() => open('policy.yaml'))).toEqual([
      `scope.people: ${file} has no column ObjectId or UserPrincipalName in its first line.`,
    ]);
    write('lists/people.csv', `ObjectId\n${'x\n'.repeat(25)}`);
    const errors = errorsOf(() => open('policy.yaml'));
    expect([errors.length, errors.at(-1)]).toEqual([
      21,
      `scope.people: ${file} has 5 more lines in which something is wrong.`,
    ]);
  });

  it('makes other rules when it names other people, and the same when only its lines changed', () => {
    const hashOf = (text: string): string => {
      write('lists/people.csv', text);
      return policyHash(open('policy.yaml'));
    };
    const one = hashOf('UPN\na@x.example\nb@x.example\n');
    expect(hashOf('Note;UPN\n1;B@x.example\n2;\u0061@x.example\n3;b@x.example\n')).toBe(one);
    expect(hashOf('UPN\na@x.example\n')).not.toBe(one);
    write('policy.yaml', '');
    expect(policyHash(open('policy.yaml'))).not.toBe(one);
  });

  it('can be another file for one audit', () => {
    write('lists/people.csv', 'UPN\na@x.example\n');
    const other = write('other.csv', 'UPN\nb@x.example\n');
    const policy = withPeople(open('policy.yaml'), other);
    expect(policy.scope.peopleKeys).toEqual(new Map([['b@x.example', 2]]));
    expect(errorsOf(() => peopleScopeFromFile(path.join(folder, 'none.csv')))).toEqual([
      `${path.join(folder, 'none.csv')} is not there: correct the path.`,
    ]);
  });
});
