import { live } from './life.js';
import { RULES } from './rules/all.js';
Error.stackTraceLimit = 0;
async function main() {
  const from = Number(process.argv[2]),
    n = Number(process.argv[3]);
  await live(from - 1, RULES);
  const c0 = process.cpuUsage();
  const t0 = performance.now();
  let ev = 0;
  for (let s = from; s < from + n; s += 1) {
    const l = await live(s, RULES);
    ev += l.events;
    for (const v of l.violations) console.log(s, v.rule, v.sentence);
    if (process.argv[4]) console.log(s, l.events, l.checksum);
  }
  const c = process.cpuUsage(c0);
  console.log(
    `CPU ${((c.user + c.system) / 1000 / n).toFixed(0)} ms/seed, wall ${((performance.now() - t0) / n).toFixed(0)}, ${(ev / n).toFixed(0)} events`,
  );
}
void main();
