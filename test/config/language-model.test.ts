import { describe, expect, it, test } from '@jest/globals';
import { readSettings, type Environment } from '../../src/config/settings.js';

const LOOPBACK = { GRAPH_BASE_URL: 'http://127.0.0.1:4100' };
const MODEL = {
  AZURE_OPENAI_ENDPOINT: 'https://contoso.openai.azure.com/',
  AZURE_OPENAI_DEPLOYMENT: 'reader',
};

function errorsOf(environment: Environment): readonly string[] {
  const reading = readSettings({ ...LOOPBACK, ...environment }, 'service');
  return reading.kind === 'errors' ? reading.errors : [];
}

function modelOf(environment: Environment): unknown {
  const reading = readSettings({ ...LOOPBACK, ...environment }, 'service');
  return reading.kind === 'settings' ? reading.settings.languageModel : reading.errors;
}

describe('The settings of a language model', () => {
  it('may be left out, and then there is none', () => {
    expect(modelOf({})).toBeUndefined();
    expect(modelOf({ AZURE_OPENAI_ENDPOINT: ' ', AZURE_OPENAI_API_KEY: '' })).toBeUndefined();
  });

  it('are an address and a deployment; without a key the app signs in itself', () => {
    expect(modelOf(MODEL)).toEqual({
      endpoint: 'https://contoso.openai.azure.com',
      deployment: 'reader',
      apiVersion: '2024-10-21',
      key: undefined,
      timeoutMs: 4_000,
    });
  });

  it('may all be given', () => {
    const environment = {
      AZURE_OPENAI_ENDPOINT: 'http://127.0.0.1:4200',
      AZURE_OPENAI_DEPLOYMENT: 'gpt-4.1-mini',
      AZURE_OPENAI_API_KEY: 'openai-key',
      AZURE_OPENAI_API_VERSION: '2025-01-01-preview',
      AZURE_OPENAI_TIMEOUT_SECONDS: '9',
    };
    expect(modelOf(environment)).toEqual({
      endpoint: 'http://127.0.0.1:4200',
      deployment: 'gpt-4.1-mini',
      apiVersion: '2025-01-01-preview',
      key: 'openai-key',
      timeoutMs: 9_000,
    });
  });

  test.each<[Environment, string]>([
    [
      { AZURE_OPENAI_ENDPOINT: MODEL.AZURE_OPENAI_ENDPOINT },
      'AZURE_OPENAI_DEPLOYMENT is missing, but AZURE_OPENAI_ENDPOINT is set: set it too, or leave all AZURE_OPENAI settings out.',
    ],
    [
      { AZURE_OPENAI_API_KEY: 'openai-key', AZURE_OPENAI_DEPLOYMENT: 'reader' },
      'AZURE_OPENAI_ENDPOINT is missing, but AZURE_OPENAI_API_KEY, AZURE_OPENAI_DEPLOYMENT are set: set it too, or leave all AZURE_OPENAI settings out.',
    ],
    [
      { ...MODEL, AZURE_OPENAI_ENDPOINT: 'http://contoso.example', AZURE_OPENAI_API_KEY: 'openai-key' },
      'AZURE_OPENAI_ENDPOINT is http://contoso.example: use https, or http only to this machine (127.0.0.1).',
    ],
    [
      { ...MODEL, AZURE_OPENAI_ENDPOINT: 'http://localhost:4200' },
      'AZURE_OPENAI_ENDPOINT begins with http, and AZURE_OPENAI_API_KEY is missing: use https, or set the key that the model on this machine takes.',
    ],
    [
      { ...MODEL, AZURE_OPENAI_ENDPOINT: 'https://contoso.example/?code=1' },
      'AZURE_OPENAI_ENDPOINT is set to an address with a user, a query or a fragment: use the address alone.',
    ],
    [
      { ...MODEL, AZURE_OPENAI_TIMEOUT_SECONDS: '60' },
      'AZURE_OPENAI_TIMEOUT_SECONDS is 60: use a whole number from 1 to 20, or leave it out.',
    ],
    [
      { ...MODEL, AZURE_OPENAI_DEPLOYMENT: '../models' },
      'AZURE_OPENAI_DEPLOYMENT is ../models: use the name of the deployment: letters, digits, dots, dashes and underscores.',
    ],
  ])('%j are refused', (environment, error) => {
    expect(errorsOf(environment)).toEqual([error]);
  });

  it('are refused without the key in the sentence', () => {
    const errors = errorsOf({
      ...MODEL,
      AZURE_OPENAI_API_KEY: 'sk-very-secret',
      AZURE_OPENAI_API_VERSION: 'new',
    });
    expect(errors).toEqual([
      'AZURE_OPENAI_API_VERSION is new: use a date such as 2024-10-21, or leave it out.',
    ]);
  });
});
