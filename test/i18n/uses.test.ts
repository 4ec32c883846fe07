import { describe, expect, it } from '@jest/globals';
import { CATALOGS, type MessageKey } from '../../src/i18n/locale.js';
import { placesOf } from './message-places.js';
import { callsOfText, sourceNodes, wordsIn } from './uses-of-messages.js';

const KEYS = Object.keys(CATALOGS.en) as readonly MessageKey[];
const SOURCES = sourceNodes();

/** As a pattern for names of messages: `*` stands for what a template fills in. */
function patternOf(name: string): RegExp {
  return new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replaceAll('.', '\\.'))
      .join('.+')}$`,
    'u',
  );
}

function placesIn(key: MessageKey): string {
  return placesOf(CATALOGS.en[key], 'en').join();
}

describe('The messages', () => {
  it('are filled with what they have places for', () => {
    const wrong = SOURCES.flatMap(({ file, nodes }) =>
      callsOfText(nodes).flatMap(({ key, values }) => {
        const called = KEYS.filter((each) => patternOf(key).test(each));
        // A template may name several; one of them has these places.
        const isFilled = values === undefined || called.some((each) => placesIn(each) === values.join());
        return isFilled ? [] : [`${file}: ${key} is given ${values.join()}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('are all said somewhere', () => {
    const named = new Set(SOURCES.flatMap(({ nodes }) => nodes.flatMap((node) => wordsIn(node, '*') ?? [])));
    const patterns = [...named].filter((name) => /^\w+(\.[\w*]+)+$/u.test(name)).map(patternOf);
    // What a template begins with may be chosen elsewhere.
    const beginnings = [...named].filter((name) => /^\w+(\.\w+)+$|^length$/u.test(name));
    const isSaid = (key: string): boolean =>
      /^(said|stepped|ordered|guarded|planned|part)\./u.test(key) ||
      patterns.some((pattern) => pattern.test(key)) ||
      beginnings.some((beginning) => key.startsWith(`${beginning}.`));
    expect(KEYS.filter((key) => !isSaid(key))).toEqual([]);
  });
});
