import { Check, Create } from 'typebox/value';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseOpener } from '../../../test/support/databases.ts';
import type { Database } from '../../database/database.ts';
import { storeModels } from '../../webauthn/models/storedModels.ts';
import { webauthnPlatform } from '../webauthn-platform/index.ts';
import { webauthnRoaming } from '../webauthn-roaming/index.ts';
import { type RoamingSettings, roamingSettings } from '../webauthn-roaming/settings.ts';

const defaults = Create(roamingSettings) as RoamingSettings;
const origin = 'https://login.example.com';
const aaguid = 'd548826e-79b4-db40-a3d8-11116f7e8349';

describe('the form of the settings', () => {
  it.each([webauthnRoaming, webauthnPlatform])('$name has defaults that fit', ({ settings }) => {
    expect(Check(settings, Create(settings))).toBe(true);
  });

  it.each([
    [{ userVerification: 'required' }, true],
    [{ userVerification: 'sometimes' }, false],
    [{ relyingPartyIdentifier: 'example.com' }, true],
    [{ relyingPartyIdentifier: 'https://example.com' }, false],
    [{ relyingPartyIdentifier: 'Example.com' }, false],
    [{ relyingPartyIdentifier: 'example..com' }, false],
    [{ attestation: 'indirect' }, false],
    [{ allowedModels: [aaguid] }, true],
    [{ allowedModels: [aaguid.replaceAll('-', '')] }, false],
    [{ allowedModels: ['yubikey'] }, false],
    [{ algorithms: ['ES256', 'EdDSA', 'ES384', 'ES512', 'RS256'] }, true],
    [{ algorithms: [] }, false],
    [{ algorithms: ['RS1'] }, false],
    [{ counterRegression: 'ignore' }, false],
  ])('judges %j', (change, isGood) => {
    expect(Check(roamingSettings, { ...defaults, ...change })).toBe(isGood);
  });
});

describe('settings are checked before they are stored', () => {
  const open = databaseOpener('sqlite');
  let database: Database;

  beforeEach(async () => {
    database = await open();
  });

  const check = (change: Partial<RoamingSettings>) =>
    database.transaction((db) =>
      Promise.resolve(webauthnRoaming.checkSettings?.({ ...defaults, ...change }, { db, origin })),
    );
  const know = (isCompromised: boolean) =>
    database.transaction((trx) =>
      storeModels(trx, [{ aaguid, description: 'Acme', roots: [], isCompromised }], 0),
    );

  it.each(['', 'login.example.com', 'example.com'])('takes the relying party %j', async (id) => {
    expect(await check({ relyingPartyIdentifier: id })).toBeUndefined();
  });

  it.each([
    ['com', 'anybody may register'],
    ['other.example', 'neither'],
    ['example.co', 'neither'],
    ['www.login.example.com', 'neither'],
  ])('refuses the relying party %s', async (id, why) => {
    expect(await check({ relyingPartyIdentifier: id })).toEqual({
      setting: 'relyingPartyIdentifier',
      message: expect.stringContaining(why) as string,
    });
  });

  it('refuses models that nothing can prove', async () => {
    expect(await check({ allowedModels: [aaguid] })).toMatchObject({ setting: 'allowedModels' });
    expect(await check({ attestation: 'direct' })).toMatchObject({ setting: 'attestation' });
    await know(true);
    expect(await check({ allowedModels: [aaguid] })).toMatchObject({
      message: expect.stringContaining('broken') as string,
    });
    await know(false);
    expect(await check({ allowedModels: [aaguid.toUpperCase()], attestation: 'direct' })).toBeUndefined();
  });
});

it.each([
  ['https://login.example.com', '', undefined],
  ['http://localhost:3000', '', undefined],
  ['https://192.0.2.1', '', 'IP address'],
  ['http://[::1]:3000', '', 'IP address'],
  ['http://login.example.com', '', 'by https'],
  ['https://login.example.com', 'example.org', 'relying_party_identifier'],
])('tells what browsers lack at %s', (at, relyingPartyIdentifier, lack) => {
  const told = webauthnRoaming.lacks?.({ ...defaults, relyingPartyIdentifier }, at);
  if (lack === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(lack);
});
