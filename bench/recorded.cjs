// Notes every request that the program makes through `fetch` (all but downloads of reports), so that the floor can make
// the same ones.
'use strict';

const fs = require('node:fs');

/** What a request is for, by its address. */
function kindOf(url, method) {
  const { pathname, searchParams } = new URL(url);
  const query = decodeURIComponent(searchParams.toString());
  if (pathname.endsWith('/$batch') && method === 'POST') return 'batch';
  if (/signInActivity/i.test(query)) return 'signIns';
  if (pathname.includes('/reports/')) return 'report';
  if (pathname.endsWith('/v1.0/users')) return 'directory';
  return /\/users\/[^/]+/.test(pathname) ? 'person' : 'other';
}

/**
 * Puts itself in place of the global fetch. Each request becomes a line of the file as it is made, so that the program
 * which is measured does not hold them.
 * @returns how many there were of each kind, so far
 */
function record(file) {
  const counts = {};
  const out = file === undefined ? undefined : fs.openSync(file, 'w');
  const plain = globalThis.fetch;
  globalThis.fetch = (target, init) => {
    const url = typeof target === 'string' ? target : (target.url ?? target.href);
    const method = init?.method ?? 'GET';
    const kind = kindOf(url, method);
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (out !== undefined) fs.writeSync(out, `${JSON.stringify({ kind, method, url, body: init?.body })}\n`);
    return plain(target, init);
  };
  return counts;
}

/** What `record` wrote. */
function recorded(file) {
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

module.exports = { record, recorded };
