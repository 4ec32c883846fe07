import { describe, expect, it } from '@jest/globals';
import { licenseScopeHash, scopeHash } from '../../src/config/scope-hash.js';
import { policyOf } from '../world/policies.js';

const hash = (text: string, people?: string): string => scopeHash(policyOf(text), people);

describe('the hash of a scope', () => {
  it('is the same for the same people, in whatever order they are named, and whatever else the policy says', () => {
    expect(hash('scope: { departments: [Sales, Retail] }')).toBe(
      hash('scope: { departments: [Retail, Sales] }'),
    );
    expect(hash('')).toBe(hash('inactivity: { days: 60 }'));
    expect(hash('')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs when other people or licenses are counted', () => {
    const texts = [
      '',
      'scope: { departments: [Sales] }',
      'scope: { countries: [Sales] }',
      'scope: { skus: [SPE_E5] }',
      'scope: { paths: [direct] }',
      'scope: { licenseErrors: only }',
    ];
    expect(new Set(texts.map((text) => hash(text))).size).toBe(texts.length);
  });

  it('differs when the file of people does', () => {
    const text = 'scope: { people: people.csv }';
    expect(hash(text, 'ObjectId\n1')).not.toBe(hash(text, 'ObjectId\n2'));
    expect(hash(text, 'ObjectId\n1')).toBe(hash(text, 'ObjectId\n1'));
  });
});

describe('the hash of the licenses of a scope', () => {
  const ofLicenses = (text: string): string => licenseScopeHash(policyOf(text));

  it('is the same for other people', () => {
    expect(ofLicenses('scope: { departments: [Sales], people: people.csv }')).toBe(ofLicenses(''));
    expect(ofLicenses('scope: { skus: [A, B] }')).toBe(ofLicenses('scope: { skus: [B, A] }'));
  });

  it('differs for other licenses', () => {
    const texts = [
      '',
      'scope: { skus: [SPE_E5] }',
      'scope: { paths: [direct] }',
      'scope: { licenseErrors: only }',
    ];
    expect(new Set(texts.map(ofLicenses)).size).toBe(texts.length);
  });
});
