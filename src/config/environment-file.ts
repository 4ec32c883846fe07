import path from 'node:path';
import { parseEnv } from 'node:util';
import { present, type Environment } from './settings.js';
import { textOf } from './text-file.js';
import { WrongConfiguration } from './wrong-configuration.js';

/**
 * Variables of `env/.env.<name>` under those of the process, which win unless they are empty.
 * @throws WrongConfiguration when there is no such file
 */
export function environmentNamed(
  name: string | undefined,
  root: string,
  environment: Environment,
): Environment {
  if (name === undefined) return environment;
  const file = path.join(root, 'env', `.env.${name}`);
  const text = textOf(file);
  if (text === undefined) {
    throw new WrongConfiguration('Settings', [
      `--env is ${name}, but there is no file ${file}: write it, or leave --env out.`,
    ]);
  }
  return { ...parseEnv(text), ...present(environment) };
}
