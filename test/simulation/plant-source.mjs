// Puts a deliberate mistake into the sources that this process loads. SIMULATION_PLANT holds it as JSON; see plants.ts.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { withoutTypes } from '../world/without-types.mjs';

const changes = JSON.parse(process.env.SIMULATION_PLANT ?? '[]');

registerHooks({
  load(url, context, next) {
    const mine = changes.filter(({ file }) => url.endsWith(`/${file}`));
    if (mine.length === 0) return next(url, context);
    let text = readFileSync(fileURLToPath(url), 'utf8');
    for (const { file, from, to } of mine) {
      if (text.split(from).length !== 2)
        throw new Error(`The planted mistake does not fit ${file} any more: ${from}`);
      text = text.replace(from, () => to);
    }
    return { format: 'module', source: withoutTypes(text), shortCircuit: true };
  },
});
