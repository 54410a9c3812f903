import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSpan, inventedAddresses, saysNumber } from '../../src/model/grounding.js';

describe('findSpan', () => {
  it.each([
    ['text Anna that I’m late', "I'm late", 'I’m late'],
    ['Play  Bohemian   rhapsody', 'bohemian rhapsody', 'Bohemian   rhapsody'],
    ['go to St. Mary (east)', 'St. Mary (east)', 'St. Mary (east)'],
    ['text Annabel and Ann', 'ann', 'Ann'],
    ['给小李发短信说我到了', '小李', '小李'],
    ['用iPhone拍照', 'iphone', 'iPhone'],
  ])('finds in %j the words %j', (sentence, value, words) => {
    const span = findSpan(sentence, value);
    expect(span?.text).toBe(words);
    expect(sentence.slice(span?.start, span?.end)).toBe(words);
  });

  it.each([
    ['text Annabel', 'Ann'],
    ['set it to 150', '50'],
    ['text Anna', ''],
    ['text Anna', '   '],
    ['text Anna', 'Bob'],
  ])('finds in %j no %j', (sentence, value) => expect(findSpan(sentence, value)).toBeNull());

  it('points at what it says, in any sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (sentence, value) => {
        const span = findSpan(sentence, value);
        if (span) expect(sentence.slice(span.start, span.end)).toBe(span.text);
      }),
    );
  });

  it('finds every word of a sentence', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), fc.nat(), (words, at) => {
        const wanted = words[at % words.length] ?? '';
        expect(findSpan(words.join(' '), wanted.toUpperCase())?.text).toBe(wanted);
      }),
    );
  });
});

describe('inventedAddresses', () => {
  it.each([
    ['call 555-123-4567', '5551234567'],
    ['call 555 123 4567 now', '(555) 123-4567'],
    ['call five five five one two three four', '555-1234'],
    ['call +49 171 5550199', '+491715550199'],
    ['打电话给一三八零零一三八零零零', '13800138000'],
    ['mail anna@example.com', 'Anna@example.com'],
    ['mail anna at example dot com', 'anna@example.com'],
    ['open bbc.co.uk', 'https://www.bbc.co.uk/'],
    ['open example dot org slash help', 'example.org/help'],
    ['text Bob that it is 20 degrees at 10:30', 'it is 20 degrees at 10:30'],
    ['text Bob the code', 'the code is secret'],
  ])('%j holds %j', (sentence, value) => expect(inventedAddresses(sentence, value)).toEqual([]));

  it.each([
    ['call mom', '+1 555 010 9999', '+1 555 010 9999'],
    ['call 555-123-4567', '555-123-4568', '555-123-4568'],
    ['call 555-123-4567', '+1 555-123-4567', '+1 555-123-4567'],
    ['call 15551234567', '5551234567', '5551234567'],
    ['mail Anna', 'anna@example.com', 'anna@example.com'],
    ['mail joanna@example.com', 'anna@example.com', 'anna@example.com'],
    ['mail anna@example.com', 'anna@example.co', 'anna@example.co'],
    ['open the news', 'https://www.bbc.co.uk', 'https://www.bbc.co.uk'],
    ['open mybank.com', 'bank.com', 'bank.com'],
    ['open bank.com', 'bank.com/login', 'bank.com/login'],
    ['text Bob my number', 'my number is 555 010 9999, call', '555 010 9999'],
    ['发邮件给小李', 'xiaoli@example.cn', 'xiaoli@example.cn'],
  ])('%j does not hold what %j says', (sentence, value, invented) =>
    expect(inventedAddresses(sentence, value)).toEqual([invented]),
  );

  it('never lets a number pass whose digits are not said', () => {
    const digits = fc.stringMatching(/^[1-9]\d{6,11}$/);
    fc.assert(
      fc.property(digits, digits, (said, given) => {
        const invented = inventedAddresses(`call ${said} please`, given);
        expect(invented.length === 0).toBe(said === given);
      }),
    );
  });
});

describe('saysNumber', () => {
  it.each(['set it to 5', 'half an hour', 'twenty-one degrees', '二十度', 'an hour'])('in %j', (sentence) =>
    expect(saysNumber(sentence)).toBe(true),
  );
  it.each(['warm the car', 'someone phoned', '把空调打开'])('not in %j', (sentence) =>
    expect(saysNumber(sentence)).toBe(false),
  );
});
