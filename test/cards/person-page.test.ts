import { expect, it } from '@jest/globals';
import { personPageCard } from '../../src/cards/person-page-card.js';
import { userId } from '../world/people.js';
import { VIEW } from './a-case.js';
import { FOUND, PAGE } from './a-person-page.js';
import { textsOf } from './texts-of-a-card.js';

it('names who answers for a guest, of whom no manager is asked', () => {
  const finding = {
    ...FOUND,
    person: { ...FOUND.person, kind: 'guest' },
    sponsors: [{ id: userId('Sam'), displayName: 'Sam *Shore*', mail: undefined }],
  } as const;
  const texts = textsOf(personPageCard({ ...PAGE, finding }, { ...VIEW, reader: 'admin' }));
  expect(texts.map(({ text }) => text)).toContain('Sam \\*Shore\\*');
});
