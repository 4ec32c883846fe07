import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { environmentNamed } from '../../src/config/environment-file.js';
import { WrongConfiguration } from '../../src/config/wrong-configuration.js';

describe('environmentNamed', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'settings-'));
    mkdirSync(path.join(root, 'env'));
    writeFileSync(
      path.join(root, 'env', '.env.test'),
      'PORT=4000\nHOST="127.0.0.2" # here\n\nDATA_DIR=from file\n',
    );
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('puts the file under the variables of the process, which win', () => {
    expect(environmentNamed('test', root, { PORT: '5000', LANG: 'C' })).toEqual({
      PORT: '5000',
      HOST: '127.0.0.2',
      DATA_DIR: 'from file',
      LANG: 'C',
    });
  });

  it('lets an empty variable of the process win over nothing', () => {
    expect(environmentNamed('test', root, { PORT: '', HOST: undefined })).toMatchObject({
      PORT: '4000',
      HOST: '127.0.0.2',
    });
  });

  it('changes nothing without a name', () => {
    const environment = { PORT: '1' };
    expect(environmentNamed(undefined, root, environment)).toBe(environment);
  });

  it('says which file is missing', () => {
    const read = (): unknown => environmentNamed('prod', root, {});
    const file = path.join(root, 'env', '.env.prod');
    expect(read).toThrow(WrongConfiguration);
    expect(read).toThrow(`--env is prod, but there is no file ${file}: write it, or leave --env out.`);
  });

  it('says when the file is a folder or leads nowhere', () => {
    mkdirSync(path.join(root, 'env', '.env.folder'));
    symlinkSync('.env.loop', path.join(root, 'env', '.env.loop'));
    expect(() => environmentNamed('folder', root, {})).toThrow(
      '.env.folder is a folder: name the file in it.',
    );
    expect(() => environmentNamed('loop', root, {})).toThrow(
      '.env.loop is a link to itself: correct the link.',
    );
  });
});
