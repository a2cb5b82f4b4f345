import { describe, expect, it } from 'vitest';
import { type Abilities, abilitiesCookie, noAbilitiesCookie, readAbilities } from './abilities.ts';

const publicUrl = 'http://localhost:3000/';
const reread = (abilities: Abilities) =>
  readAbilities(abilitiesCookie(abilities, publicUrl).split(';')[0], publicUrl);

describe('what a browser can do', () => {
  it('is kept for a week; where something is lacking, for an hour only', () => {
    const able: Abilities = new Set(['webauthn', 'webauthn-platform']);
    expect(reread(able)).toEqual(able);
    expect(abilitiesCookie(able, publicUrl)).toContain('Max-Age=604800;');
    expect(reread(new Set())).toEqual(new Set());
    for (const lacking of [new Set(), new Set(['webauthn'])] as Abilities[])
      expect(abilitiesCookie(lacking, publicUrl)).toContain('Max-Age=3600;');
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
