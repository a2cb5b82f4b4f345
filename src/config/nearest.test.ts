import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  const choices = ['port', 'publicUrl', 'host', 'data', 'databaseUrl', 'https'];

  it.each([
    ['prot', 'port'],
    ['PORT', 'port'],
    ['publicURL', 'publicUrl'],
    ['pubicUrl', 'publicUrl'],
    ['databseUrl', 'databaseUrl'],
    ['hots', 'host'],
  ])('takes %s for %s', (word, choice) => {
    expect(nearest(word, choices)).toBe(choice);
  });

  it.each(['colour', 'x', '', 'databaseDriverName'])('takes %j for none', (word) => {
    expect(nearest(word, choices)).toBeUndefined();
  });
});
