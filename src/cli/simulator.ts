import { parseArgs } from 'node:util';
import { startSimulator } from '../simulator/server.js';

/** The simulated tenant as a process of its own: `node dist/cli/simulator.js --data DIR --people N --seed N --port P`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      people: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      port: { type: 'string', default: '0' },
      'license-delay': { type: 'string', default: '0' },
      'mailbox-delay': { type: 'string' },
      'sync-cycle': { type: 'string' },
      latency: { type: 'string', default: '0' },
      throttling: { type: 'string', default: 'published' },
      unlicensed: { type: 'string', default: '0' },
      'dormant-guests': { type: 'string', default: '0' },
      idleness: { type: 'string', default: '1' },
    },
  });
  const simulator = await startSimulator({
    seed: Number(values.seed),
    people: Number(values.people),
    unlicensed: Number(values.unlicensed),
    dormantGuests: Number(values['dormant-guests']),
    idleness: Number(values.idleness),
    now: () => new Date(),
    port: Number(values.port),
    licenseDelayMs: Number(values['license-delay']),
    latencyMs: Number(values.latency),
    throttling: values.throttling === 'off' ? 'off' : 'published',
    ...(values['mailbox-delay'] === undefined ? {} : { mailboxDelayMs: Number(values['mailbox-delay']) }),
    ...(values['sync-cycle'] === undefined ? {} : { syncCycleMs: Number(values['sync-cycle']) }),
    ...(values.data === undefined ? {} : { dataDir: values.data }),
  });
  process.stdout.write(`listening on ${simulator.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
