import { afterEach, expect } from '@jest/globals';
import Papa from 'papaparse';
import { startSimulator } from '../../src/simulator/server.js';
import type { Simulator, SimulatorOptions } from '../../src/simulator/server.js';

export const START = new Date('2026-11-23T10:00:00Z');

/** A clock that stands still until it is told to go on. */
export interface TestClock {
  readonly now: () => Date;
  advance(ms: number): void;
}

export function testClock(start = START): TestClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance(ms) {
      at += ms;
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export interface Json {
  readonly [name: string]: unknown;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Opened extends Simulator {
  readonly clock: TestClock;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  /** One cmdlet of Exchange Online. */
  invoke(cmdlet: unknown, select?: string): Promise<Reply>;
}

const open: Simulator[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

/** A simulated tenant of 100 people that is closed after the test. */
export async function opened(
  options: Partial<SimulatorOptions> & { clock?: TestClock } = {},
): Promise<Opened> {
  const { clock = testClock(), ...rest } = options;
  const simulator = await startSimulator({ seed: 7, people: 100, now: clock.now, ...rest });
  open.push(simulator);
  const send: Opened['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(path.startsWith('http') ? path : simulator.url + path, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${simulator.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const invoke: Opened['invoke'] = (cmdlet, select) =>
    send(
      'POST',
      `/adminapi/beta/${simulator.tenant.id}/InvokeCommand${select === undefined ? '' : `?$select=${select}`}`,
      { CmdletInput: cmdlet },
      { 'X-AnchorMailbox': `APP:SystemMailbox@${simulator.tenant.id}` },
    );
  return { ...simulator, clock, send, invoke, get: (path, headers) => send('GET', path, undefined, headers) };
}

/** All rows of a collection, following next links with the same headers. */
export async function allRows(
  simulator: Opened,
  path: string,
  headers?: Readonly<Record<string, string>>,
): Promise<{ readonly rows: readonly Json[]; readonly pages: number }> {
  const rows: Json[] = [];
  let pages = 0;
  for (let next: unknown = path; typeof next === 'string'; pages += 1) {
    const { json } = await simulator.get(next, headers);
    rows.push(...(json.value as Json[]));
    next = json['@odata.nextLink'];
  }
  return { rows, pages };
}

export const EVENTUAL = { ConsistencyLevel: 'eventual' } as const;

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

/** One row of a usage report by its column names. */
export type ReportRow = Readonly<Record<string, string>>;

/** Where a report is to be downloaded. */
export async function reportLink(simulator: Opened, call: string): Promise<string> {
  const answer = await simulator.get(`/v1.0/reports/${call}`);
  expect([answer.status, answer.text]).toEqual([302, '']);
  return answer.headers.get('location') ?? '';
}

export async function reportRows(simulator: Opened, call: string): Promise<readonly ReportRow[]> {
  const text = await (await fetch(await reportLink(simulator, call))).text();
  return Papa.parse<ReportRow>(text, { header: true, skipEmptyLines: true }).data;
}
