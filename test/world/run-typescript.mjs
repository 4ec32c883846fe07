// Lets a child process of a test run the sources as they are: node --import run-typescript.mjs some-file.ts
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { withoutTypes } from './without-types.mjs';

registerHooks({
  resolve(specifier, context, next) {
    if (!/^\.{1,2}\/.*\.js$/.test(specifier)) return next(specifier, context);
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    return existsSync(source)
      ? { url: source.href, format: 'module', shortCircuit: true }
      : next(specifier, context);
  },
  load(url, context, next) {
    if (!/\.(ts|json)$/.test(url) || url.includes('/node_modules/')) return next(url, context);
    const text = readFileSync(fileURLToPath(url), 'utf8');
    const source = url.endsWith('.json') ? `export default ${text};` : withoutTypes(text);
    return { format: 'module', source, shortCircuit: true };
  },
});
