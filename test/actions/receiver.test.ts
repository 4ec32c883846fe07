import { expect, test } from '@jest/globals';
import { locationFor } from '../../src/actions/receiver.js';

test.each([
  ['never', 'Germany', undefined],
  ['DE', undefined, 'DE'],
  ['DE', 'France', 'DE'],
  ['fromCountry', 'Germany', 'DE'],
  ['fromCountry', ' germany ', 'DE'],
  ['fromCountry', 'de', 'DE'],
  ['fromCountry', 'United Kingdom', 'GB'],
  ['fromCountry', 'UK', 'GB'],
  ['fromCountry', 'Bosnia and Herzegovina', 'BA'],
  ['fromCountry', 'Atlantis', undefined],
  ['fromCountry', '', undefined],
  ['fromCountry', undefined, undefined],
])('by %s, somebody in %s uses licenses in %s', (usageLocation, country, expected) => {
  expect(locationFor({ country }, { usageLocation })).toBe(expected);
});
