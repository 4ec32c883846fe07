import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPolicy } from '../../src/config/open-policy.js';
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
