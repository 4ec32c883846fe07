import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, test } from '@jest/globals';

const root = path.join(__dirname, '..', '..');
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

interface Line {
  readonly level: number;
  readonly time: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** What a process of its own writes with a log of that level. */
function written(
  level: string,
  program: string,
): { readonly stdout: string; readonly lines: readonly Line[] } {
  const url = (file: string): string => JSON.stringify(pathToFileURL(path.join(root, file)).href);
  const code = `import { openLog, silentLog } from ${url('src/telemetry/log.ts')}; const log = openLog('${level}'); ${program}`;
  const child = spawnSync(
    process.execPath,
    [
      '--import',
      path.join(root, 'test/world/run-typescript.mjs'),
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      code,
    ],
    { encoding: 'utf8', timeout: 20_000 },
  );
  expect(child.status).toBe(0);
  const lines = child.stderr.split('\n').filter((line) => line !== '');
  return { stdout: child.stdout, lines: lines.map((line) => JSON.parse(line) as Line) };
}

const ALL = LEVELS.map((level) => `log.${level}('At ${level}.', { caseId: 'c-1' });`).join(' ');

describe('the log', () => {
  it('writes a line of JSON per message, on stderr alone', () => {
    const { stdout, lines } = written(
      'info',
      "log.warn('A question was not delivered.', { caseId: 'c-1', tries: 2, last: true, code: undefined });",
    );
    expect(stdout).toBe('');
    expect(lines).toEqual([
      {
        level: 40,
        time: expect.any(String),
        caseId: 'c-1',
        tries: 2,
        last: true,
        msg: 'A question was not delivered.',
      },
    ]);
    const time = lines[0]?.time ?? '';
    expect(new Date(time).toISOString()).toBe(time);
  });

  test.each([
    ['debug', ['At debug.', 'At info.', 'At warn.', 'At error.']],
    ['info', ['At info.', 'At warn.', 'At error.']],
    ['warn', ['At warn.', 'At error.']],
    ['error', ['At error.']],
    ['silent', []],
  ])('of level %s has %j', (level, messages) => {
    expect(written(level, ALL).lines.map(({ msg }) => msg)).toEqual(messages);
  });

  it('needs no fields', () => {
    expect(written('info', "log.info('The service runs.');").lines.map(({ msg }) => msg)).toEqual([
      'The service runs.',
    ]);
  });

  it('keeps what comes from outside in one line, so that nobody can forge another', () => {
    const { lines } = written(
      'info',
      'log.info(\'Read.\', { why: \'one\\n{"level":60,"msg":"forged"}\\r\\u2028\' });',
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.['why']).toBe('one\n{"level":60,"msg":"forged"}\r\u2028');
  });

  it('has lost nothing when the process ends at once', () => {
    const { lines } = written(
      'info',
      "for (let n = 0; n < 500; n += 1) log.info('Line.', { n }); process.exit(0);",
    );
    expect(lines.map((line) => line['n'])).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it('that is silent says nothing at any level', () => {
    expect(written('debug', ALL.replaceAll('log.', 'silentLog.')).lines).toEqual([]);
  });
});
