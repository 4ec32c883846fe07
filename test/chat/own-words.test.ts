import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../../src/chat/parse.js';

describe('Somebody asks about themself', () => {
  it.each([
    'me',
    'Me!',
    'about me',
    'my licenses',
    'My licences?',
    'my license',
    'show me my licenses please',
    'what are my licenses',
    'which licenses do I have',
    'what do you know about me',
    'What is on record about me?',
    'tell me about me',
    'what about me',
    'who am I',
    'my data',
    'ich',
    'über mich',
    'ueber mich',
    'Meine Lizenzen',
    'Zeige mir meine Lizenzen bitte',
    'Welche Lizenzen habe ich?',
    'Was weißt du über mich?',
    'meine Daten',
  ])('by writing %j', (text) => {
    expect(parse(text)).toEqual({ kind: 'me' });
  });

  it.each([
    'show me',
    'tell me',
    'show me unused licenses',
    'case me',
    'about Me Nguyen',
    'me 00000000-0000-4000-8000-000000000001',
    'about me and Ada',
    'who is inactive under me',
    'undo me',
    'my cases',
    'help me',
    'what about Mel',
    'Ich brauche Hilfe',
  ])('and not by writing %j', (text) => {
    expect(parse(text).kind).not.toBe('me');
  });

  it('and is understood at once, however long the text is', () => {
    const words = fc.constantFrom(
      'me',
      'my',
      'please',
      'what',
      'is',
      'about',
      'show',
      'licenses',
      'ich',
      'x',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 400 }), (said) => {
        const began = performance.now();
        parse(said.join(' '));
        expect(performance.now() - began).toBeLessThan(500);
      }),
    );
  });
});
