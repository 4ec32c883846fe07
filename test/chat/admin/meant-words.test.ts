import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADMIN_PHRASES } from '../../../src/chat/admin/words.js';
import { parse } from '../../../src/chat/parse.js';

/** What is offered to an admin; undefined: nothing is. */
function offered(text: string): readonly string[] | undefined {
  const request = parse(text);
  return request.kind === 'adminMeant' ? request.meant.map(({ text: words }) => words) : undefined;
}

describe('An order with a typing error', () => {
  it.each([
    ['pasue', ['pause']],
    ['Please pasue the campaign!', ['pause campaign']],
    ['pasue because of **the** holidays', ['pause because of the holidays']],
    ['stopp', ['stop']],
    ['resmue', ['resume']],
    ['camapign status', ['campaign status']],
    ['campain statsu', ['campaign status']],
    ['potection', ['protections']],
    ['run adit', ['run audit']],
    ['poistion', ['position']],
    ['savngs', ['savings']],
    ['aprove', ['approve']],
    ['reveiw', ['review']],
    ['import rostr', ['import roster']],
    ['potect Ada Lovelace because she is away', ['protect Ada Lovelace because she is away']],
    ['exmpt Ada until 2027-01-31 because she asked', ['exempt Ada until 2027-01-31 because she asked']],
    ['relase Ada', ['release Ada']],
  ])('such as %j is offered as %j', (text, wanted) => {
    expect(offered(text)).toEqual(wanted);
  });

  it.each([
    'Ada',
    'Ada Lovelace',
    'who is inactive but licensed',
    'help',
    'waiting',
    'inactive in Sales',
    'do not stop',
    'constructor',
    '__proto__',
    'the weather',
    `pasue because ${'x'.repeat(400)}`,
    'pasue '.repeat(40),
  ])('is not seen in %j', (text) => {
    expect(offered(text)).toBeUndefined();
  });

  it('leaves what the words are to everybody else as it is', () => {
    const request = parse('camapign status');
    expect(request.kind === 'adminMeant' && request.otherwise).toEqual({
      ...{ kind: 'case', who: 'camapign', perhaps: 'camapign status' },
    });
  });

  it('is offered only in words that are understood as they stand', () => {
    const letter = fc.constantFrom(...'a b c d e i l m n o p r s t u v x y'.split(' '), ' ');
    const phrase = fc.constantFrom(...Object.keys(ADMIN_PHRASES));
    fc.assert(
      fc.property(phrase, fc.nat(40), letter, (text, at, instead) => {
        const mistyped = text.slice(0, at) + instead + text.slice(at + 1);
        for (const words of offered(mistyped) ?? []) expect(parse(words).kind).toBe('admin');
      }),
    );
  });
});
