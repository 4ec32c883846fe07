import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../src/simulator/server.js';

/** Stands before a simulated tenant and passes everything on, but for the active-user report, which `change` rewrites. */
export interface ReportFront {
  readonly url: string;
  /** How the next reports arrive; undefined: as they are. */
  change: ((csv: string) => string) | undefined;
  close(): Promise<void>;
}

export async function aReportFront(tenant: Simulator): Promise<ReportFront> {
  const server = createServer((request, response) => {
    void passOn(request).then(({ status, headers, body }) => {
      response.writeHead(status, headers);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: ReportFront = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    change: undefined,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  async function passOn(request: IncomingMessage) {
    const answer = await fetch(`${tenant.url}${request.url}`, {
      method: request.method ?? 'GET',
      redirect: 'manual',
      headers: passedOn(request),
      ...(request.method === 'POST' ? { body: await bodyOf(request) } : {}),
    });
    const text = await answer.text();
    const isReport = request.url?.includes('/data/download/') === true;
    const headers = Object.fromEntries(
      [...answer.headers].filter(
        ([name]) => !['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(name),
      ),
    );
    return {
      status: answer.status,
      headers: { ...headers, ...moved(answer.headers.get('location')) },
      body: isReport && front.change !== undefined ? front.change(text) : elsewhere(text),
    };
  }

  /** Links must lead through here again. */
  const elsewhere = (text: string): string => text.replaceAll(tenant.url, front.url);
  const moved = (location: string | null): Record<string, string> =>
    location === null ? {} : { location: elsewhere(location) };
  return front;
}

function passedOn({ headers }: IncomingMessage): Record<string, string> {
  const kept = ['authorization', 'content-type', 'consistencylevel', 'prefer', 'client-request-id'];
  return Object.fromEntries(kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
