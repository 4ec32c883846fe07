import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { REPORT_NAMES } from '../../src/audit/reports/names.js';
import { CONTRACT } from '../contract/graph-contract.js';
import { doorTo, failureOf, joined } from './opened.js';
import { graphError, pretendGraph, throttled } from './pretend-graph.js';
import type { PretendGraph, Reply, Seen } from './pretend-graph.js';
import { simulatedDoor, tokensAbroad, violationsIn } from './simulated-door.js';
import { skippingClock } from './test-clocks.js';

const CSV = 'Report Refresh Date,User Principal Name\r\n2026-11-20,zoë@contoso.example\r\n';
const OCTETS = { 'Content-Type': 'application/octet-stream' };

/** A Graph that points to `/download` on a second server, which answers by `download`. */
async function reporting(
  download: (request: Seen, index: number) => Reply,
): Promise<{ readonly graph: PretendGraph; readonly storage: PretendGraph }> {
  const storage = await pretendGraph(download);
  const graph = await pretendGraph(() => ({
    status: 302,
    headers: { Location: `${storage.origin}/download?key=abc`, 'Content-Type': 'text/plain' },
  }));
  return { graph, storage };
}

describe('the active-user report', () => {
  test('is asked for with the token and downloaded without it', async () => {
    const { graph, storage } = await reporting(() => ({ headers: OCTETS, text: CSV }));
    expect(await joined(doorTo(graph.origin).report('activeUsers'))).toBe(CSV);
    expect(graph.seen.map((request) => request.url)).toEqual([
      "/v1.0/reports/getOffice365ActiveUserDetail(period='D180')",
    ]);
    expect(graph.seen[0]?.headers.authorization).toBe('Bearer the-token');
    expect(storage.seen.map((request) => request.url)).toEqual(['/download?key=abc']);
    expect(Object.keys(storage.seen[0]?.headers ?? {})).not.toContain('authorization');
    expect(Object.keys(storage.seen[0]?.headers ?? {})).not.toContain('client-request-id');
  });

  test('comes without its byte order mark and with letters that were cut in two', async () => {
    const bytes = Buffer.from(`\uFEFF${'zoë,Ωmega,😀\r\n'.repeat(20_000)}`);
    const { graph } = await reporting(() => ({ headers: OCTETS, text: bytes }));
    const text = await joined(doorTo(graph.origin).report('activeUsers'));
    expect(text).toBe('zoë,Ωmega,😀\r\n'.repeat(20_000));
  });

  test('is not downloaded from a plain http address elsewhere', async () => {
    const graph = await pretendGraph(() => ({
      status: 302,
      headers: { Location: 'http://reports.example/x' },
    }));
    expect((await failureOf(joined(doorTo(graph.origin).report('activeUsers')))).kind).toBe('foreignOrigin');
  });

  test('is not downloaded with a name or a password', async () => {
    const location = 'https://name:secret@reports.example/x';
    const graph = await pretendGraph(() => ({ status: 302, headers: { Location: location } }));
    const failure = await failureOf(joined(doorTo(graph.origin).report('activeUsers')));
    expect(failure.kind).toBe('foreignOrigin');
    expect(failure.message).not.toContain('secret');
  });

  test('is not downloaded when the download itself is passed on to such an address', async () => {
    const { graph, storage } = await reporting(() => ({
      status: 302,
      headers: { Location: 'http://reports.example/x' },
    }));
    expect((await failureOf(joined(doorTo(graph.origin).report('activeUsers')))).kind).toBe('foreignOrigin');
    expect(storage.seen).toHaveLength(1);
  });

  test.each<readonly [string, Reply]>([
    ['nowhere', { status: 302 }],
    ['no address', { status: 302, headers: { Location: '/download' } }],
    ['no redirect', { status: 200, json: {} }],
  ])('fails when Graph points to %s', async (_name, reply) => {
    const graph = await pretendGraph(() => reply);
    expect((await failureOf(joined(doorTo(graph.origin).report('activeUsers')))).kind).toBe(
      'unexpectedAnswer',
    );
  });

  test('names the permission that it needs', async () => {
    const graph = await pretendGraph(() => graphError(403, 'Authorization_RequestDenied'));
    const failure = await failureOf(joined(doorTo(graph.origin).report('activeUsers')));
    expect(failure.message).toContain('Reports.Read.All');
  });

  test('waits ten minutes when its own quota says so', async () => {
    const storage = await pretendGraph(() => ({ headers: OCTETS, text: CSV }));
    const graph = await pretendGraph((_request, index) =>
      index === 0 ? throttled('600') : { status: 302, headers: { Location: storage.origin } },
    );
    const clock = skippingClock();
    expect(await joined(doorTo(graph.origin, { clock }).report('activeUsers'))).toBe(CSV);
    expect(clock.sleeps).toEqual([600_000]);
  });
});

describe('a download that breaks', () => {
  const whole: Reply = { headers: OCTETS, text: CSV };

  test.each<readonly [string, Reply]>([
    ['before it begins', { cut: true }],
    ['with an address that has expired', { status: 403 }],
    ['with a server error', { status: 503 }],
    ['with nothing in it', { headers: OCTETS, text: '' }],
  ])('%s is begun anew from Graph', async (_name, reply) => {
    const { graph, storage } = await reporting((_request, index) => (index === 0 ? reply : whole));
    expect(await joined(doorTo(graph.origin).report('activeUsers'))).toBe(CSV);
    expect([graph.seen.length, storage.seen.length]).toEqual([2, 2]);
  });

  test.each<readonly [string, Reply]>([
    ['by a cut connection', { headers: OCTETS, text: CSV, cut: true }],
    ['short of its length', { headers: { ...OCTETS, 'Content-Length': '5000' }, text: CSV, cut: true }],
  ])('after its first chunk %s is a failed read', async (_name, reply) => {
    const { graph } = await reporting(() => reply);
    let received = '';
    const reading = (async () => {
      for await (const chunk of doorTo(graph.origin).report('activeUsers')) received += chunk;
    })();
    expect(await failureOf(reading)).toMatchObject({ kind: 'network', details: { brokenOff: true } });
    expect(received).toBe(CSV);
    expect(graph.seen).toHaveLength(1);
  });

  test('short of the end of what is packed is a failed read, too', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, n) => `${Math.imul(n + 1, 2_654_435_761) >>> 0}\r\n`,
    ).join('');
    const packed = gzipSync(Buffer.from(rows));
    const reply = (bytes: Uint8Array): Reply => ({
      headers: { ...OCTETS, 'Content-Encoding': 'gzip' },
      text: bytes,
    });
    const whole = await reporting(() => reply(packed));
    expect(await joined(doorTo(whole.graph.origin).report('activeUsers'))).toBe(rows);
    const cut = await reporting(() => reply(packed.subarray(0, packed.length - 1_000)));
    expect(await failureOf(joined(doorTo(cut.graph.origin).report('activeUsers')))).toMatchObject({
      kind: 'network',
      details: { brokenOff: true },
    });
  });

  test('again and again before anything came is no report that broke off', async () => {
    const { graph } = await reporting(() => ({ cut: true }));
    const failure = await failureOf(joined(doorTo(graph.origin).report('activeUsers')));
    expect([failure.kind, failure.details.brokenOff]).toEqual(['network', undefined]);
    expect(graph.seen).toHaveLength(8);
  });

  test('again and again is given up', async () => {
    const { graph } = await reporting(() => ({ status: 503 }));
    const door = doorTo(graph.origin, { retry: { maxAttempts: 3 } });
    expect((await failureOf(joined(door.report('activeUsers')))).kind).toBe('serverError');
    expect(graph.seen).toHaveLength(3);
  });

  test('and is a web page is not the report', async () => {
    const { graph } = await reporting(() => ({ headers: { 'Content-Type': 'text/html' }, text: '<html>' }));
    expect((await failureOf(joined(doorTo(graph.origin).report('activeUsers')))).kind).toBe(
      'unexpectedAnswer',
    );
  });
});

describe('every report of the simulated tenant', () => {
  test.each(REPORT_NAMES)('is read whole by its name: %s', async (name) => {
    const { door, tenant } = await simulatedDoor();
    const text = await joined(door.report(name));
    const call = functionOf(tenant.requests[0]?.path);
    expect(text.split('\r\n')[0]).toBe(CONTRACT.csvReports[call]?.columns.join(','));
    expect(text.endsWith('\r\n')).toBe(true);
    expect(violationsIn(tenant)).toEqual([]);
    expect(tokensAbroad(tenant)).toBe(0);
  });

  test.each(REPORT_NAMES)('is begun anew or fails when its download breaks: %s', async (name) => {
    const { door, tenant } = await simulatedDoor();
    const whole = await joined(door.report(name));
    tenant.faults.add({ path: '/data/download/', answer: { kind: 'status', status: 503 } });
    tenant.faults.add({ path: '/data/download/', answer: { kind: 'cutBefore' } });
    expect(await joined(door.report(name))).toBe(whole);
    tenant.faults.add({ path: '/data/download/', answer: { kind: 'html' } });
    expect((await failureOf(joined(door.report(name)))).kind).toBe('unexpectedAnswer');
    tenant.faults.add({ path: '/data/download/', times: 99, answer: { kind: 'cutMidway' } });
    expect((await failureOf(joined(door.report(name)))).kind).toBe('network');
  });
});

describe('a report that Graph hands over itself', () => {
  test('is taken as it is, without its byte order mark', async () => {
    const graph = await pretendGraph(() => ({
      headers: { 'Content-Type': 'text/csv; charset=utf-8' },
      text: `\uFEFF${CSV}`,
    }));
    expect(await joined(doorTo(graph.origin).report('apps'))).toBe(CSV);
    expect(graph.seen.map((request) => request.url)).toEqual([
      "/v1.0/reports/getM365AppUserDetail(period='D180')?$format=text/csv",
    ]);
  });

  test('is asked for again when it came empty', async () => {
    const graph = await pretendGraph((_request, index) => ({
      headers: OCTETS,
      text: index === 0 ? '' : CSV,
    }));
    expect(await joined(doorTo(graph.origin).report('apps'))).toBe(CSV);
    expect(graph.seen).toHaveLength(2);
  });

  test('and is cut off is asked for again, and never passed on in part', async () => {
    const cut = { headers: { ...OCTETS, 'Content-Length': '5000' }, text: CSV, cut: true };
    const graph = await pretendGraph((_request, index) =>
      index === 0 ? cut : { headers: OCTETS, text: CSV },
    );
    expect(await joined(doorTo(graph.origin).report('apps'))).toBe(CSV);
  });

  test('and is a web page is not the report', async () => {
    const graph = await pretendGraph(() => ({ headers: { 'Content-Type': 'text/html' }, text: '<html>' }));
    expect((await failureOf(joined(doorTo(graph.origin).report('apps')))).kind).toBe('unexpectedAnswer');
  });
});

/** `getM365AppUserDetail` from the first request. */
function functionOf(path: string | undefined): string {
  return /\/reports\/(\w+)/.exec(path ?? '')?.[1] ?? '';
}
