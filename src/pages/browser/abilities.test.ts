import { describe, expect, it } from 'vitest';
import { type Abilities, abilitiesCookie, noAbilitiesCookie, readAbilities } from './abilities.ts';

const publicUrl = 'http://localhost:3000/';
const reread = (abilities: Abilities) =>
  readAbilities(abilitiesCookie(abilities, publicUrl).split(';')[0], publicUrl);

describe('what a browser can do', () => {
  it('is kept for a month; that it can’t, for a day only', () => {
    const able: Abilities = new Set(['webauthn', 'webauthn-platform']);
    expect(reread(able)).toEqual(able);
    expect(abilitiesCookie(able, publicUrl)).toContain('Max-Age=2592000;');
    expect(reread(new Set())).toEqual(new Set());
    expect(abilitiesCookie(new Set(), publicUrl)).toContain('Max-Age=86400;');
  });

  it('is unknown before the browser was asked, and after that was taken back', () => {
    expect(readAbilities(undefined, publicUrl)).toBeUndefined();
    expect(readAbilities('other=1', publicUrl)).toBeUndefined();
    expect(readAbilities(noAbilitiesCookie(publicUrl).split(';')[0], publicUrl)).toBeUndefined();
    expect(noAbilitiesCookie(publicUrl)).toContain('Max-Age=0;');
  });

  it('is never something that there isn’t', () => {
    expect(readAbilities('cs-abilities=webauthn.telepathy.__proto__', publicUrl)).toEqual(
      new Set(['webauthn']),
    );
  });
});
