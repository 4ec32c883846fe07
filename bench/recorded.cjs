// Notes every request that the program makes through `fetch`, so that the floor can make the same ones.
'use strict';

/** What a request is for, by its address. */
function kindOf(url, method) {
  const { pathname, searchParams } = new URL(url);
  const query = decodeURIComponent(searchParams.toString());
  if (pathname.endsWith('/$batch') && method === 'POST') return 'batch';
  if (/signInActivity/i.test(query)) return 'signIns';
  if (pathname.includes('/reports/')) return 'report';
  if (pathname.startsWith('/data/download/')) return 'download';
  if (pathname.endsWith('/v1.0/users')) return 'directory';
  return /\/users\/[^/]+/.test(pathname) ? 'person' : 'other';
}

/** Puts itself in place of the global fetch. */
function record() {
  const requests = [];
  const plain = globalThis.fetch;
  globalThis.fetch = (target, init) => {
    const url = typeof target === 'string' ? target : (target.url ?? target.href);
    const method = init?.method ?? 'GET';
    requests.push({ kind: kindOf(url, method), method, url, body: init?.body });
    return plain(target, init);
  };
  return requests;
}

module.exports = { kindOf, record };
