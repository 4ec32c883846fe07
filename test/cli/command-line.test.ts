import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { helpText, readCommandLine, type Commands } from '../../src/cli/command-line.js';
import { WrongUse } from '../../src/cli/exit.js';

const run = async (): Promise<0> => 0;
const COMMANDS: Commands = {
  audit: {
    usage: 'audit --out DIR [--csv semicolon]',
    does: 'Read',
    takes: 'nothing',
    options: ['out', 'csv'],
    run,
  },
  cases: { usage: 'cases', does: 'All cases', takes: 'nothing', options: [], run },
  case: { usage: 'case USER', does: 'One case', takes: 'user', options: [], run },
  'import-roster': {
    usage: 'import-roster FILE',
    does: 'Keep',
    takes: 'file',
    options: ['as-of', 'force'],
    run,
  },
  undo: { usage: 'undo USER [--now]', does: 'Give back', takes: 'user', options: ['now'], run },
  'verify-history': { usage: 'verify-history', does: 'Check', takes: 'nothing', options: ['log'], run },
};

const read = (text: string) => readCommandLine(text === '' ? [] : text.split(' '), COMMANDS);

describe('a command line', () => {
  test('names a command, words and options in any order', () => {
    const line = {
      words: ['dana', 'whitfield'],
      out: undefined,
      csv: 'comma',
      env: 'dev',
      log: undefined,
      now: true,
      acceptJump: false,
      asOf: undefined,
      people: undefined,
      force: false,
      days: undefined,
      json: false,
      settings: false,
      cards: false,
    };
    const entry = COMMANDS['undo'];
    expect(read('undo dana whitfield --now --env dev')).toEqual({ kind: 'run', entry, line });
    expect(read('--env dev undo --now dana whitfield')).toEqual({ kind: 'run', entry, line });
  });

  test('says in which form lists are written', () => {
    expect(read('audit --out x --csv semicolon')).toMatchObject({ line: { out: 'x', csv: 'semicolon' } });
    expect(read('audit --out x')).toMatchObject({ line: { csv: 'comma' } });
  });

  test('without a command is none', () => {
    expect(read('')).toEqual({ kind: 'nothing' });
  });

  test.each(['help', '--help', '-h'])('%s asks for help on everything', (text) => {
    expect(read(text)).toEqual({ kind: 'help', of: undefined });
  });

  test.each(['undo --help', 'help undo', 'undo dana --help', '-h undo'])(
    '%s asks for help on undo',
    (text) => {
      expect(read(text)).toEqual({ kind: 'help', of: COMMANDS['undo'] });
    },
  );

  test.each([
    ['undoo dana', 'There is no command "undoo". Did you mean `undo`?'],
    ['Undo dana', 'Did you mean `undo`?'],
    ['udno dana', 'Did you mean `undo`?'],
    ['csaes', 'Did you mean `cases`?'],
    ['verify-histroy', 'Did you mean `verify-history`?'],
    ['help audti', 'Did you mean `audit`?'],
    ['toString', 'There is no command "toString".\nAll commands: npm run steward -- help'],
    ['xyzzy', 'There is no command "xyzzy".\nAll commands: npm run steward -- help'],
    ['undo', '`undo` needs to know who.\nUsage: npm run steward -- undo USER [--now]'],
    ['cases all', '`cases` does not know what to do with "all".\nUsage: npm run steward -- cases'],
    ['cases --now', '`cases` has no option --now.'],
    ['import-roster', '`import-roster` needs one file.\nUsage: npm run steward -- import-roster FILE'],
    ['import-roster my file.csv', '`import-roster` needs one file.'],
    [
      'audit --out x --csv german',
      '--csv is "german": use comma or semicolon or semicolon-point.\nUsage: npm run steward -- audit',
    ],
    ['audit --csv semicolon', '--csv is for what goes into files: say with --out where.'],
    ['cases --csv comma', '`cases` has no option --csv.'],
    ['cases --force', '`cases` has no option --force.'],
    ['case dana --out x', '`case` has no option --out.'],
    ['audit --out', "Option '--out <value>' argument missing.\nUsage: npm run steward -- audit --out DIR"],
    ['audit --output x', "Unknown option '--output'.\nUsage: npm run steward -- audit --out DIR"],
    ['--frobnicate', "Unknown option '--frobnicate'.\nAll commands: npm run steward -- help"],
  ])('%s is refused with what to do instead', (text, sentence) => {
    expect(() => read(text)).toThrow(WrongUse);
    expect(() => read(text)).toThrow(sentence);
  });

  test('anything at all is either read or refused in words', () => {
    const word = fc.oneof(fc.constantFrom(...Object.keys(COMMANDS), '--now', '--out', 'help'), fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (args) => {
        try {
          expect(['run', 'help', 'nothing']).toContain(readCommandLine(args, COMMANDS).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(WrongUse);
        }
      }),
    );
  });
});

describe('the help', () => {
  test('has every command with its usage, and the exit codes', () => {
    const lines = helpText(COMMANDS).split('\n');
    for (const { usage, does } of Object.values(COMMANDS)) {
      expect(lines.filter((line) => line.startsWith(`  ${usage} `) && line.endsWith(does))).toHaveLength(1);
    }
    expect(lines.at(-1)).toContain('0 done, 1 failed, 2 wrong use or configuration, 3 stopped by a guard');
  });

  test('of one command explains the words that it uses, and no others', () => {
    expect(helpText(COMMANDS, COMMANDS['undo'])).toMatch(
      /undo USER \[--now\][\s\S]+USER is [\s\S]+--now does/,
    );
    expect(helpText(COMMANDS, COMMANDS['audit'])).toContain('--csv semicolon splits cells');
    expect(helpText(COMMANDS, COMMANDS['cases'])).not.toMatch(/USER|--now|--csv/);
  });
});
