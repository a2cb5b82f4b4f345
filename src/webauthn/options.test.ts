import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { rp, userHandle } from '../../test/support/ceremonies.ts';
import { creationOptions } from './creationOptions.ts';
import { requestOptions } from './requestOptions.ts';

const known = { id: 'AAECAw', transports: ['usb', 'smart-card'] };
const challenge = 'Y2hhbGxlbmdl';

describe('what the browser is asked for', () => {
  const wanted = {
    rp,
    challenge,
    userHandle,
    userName: 'ann@example.com',
    exclude: [known],
    residentKey: 'discouraged',
    userVerification: 'required',
    attestation: 'direct',
    algorithms: [-7, -257],
  } as const;

  it('in a registration', () => {
    expect(creationOptions({ ...wanted, attachment: 'platform' })).toEqual({
      rp: { id: 'example.com', name: 'Example' },
      user: { id: userHandle, name: 'ann@example.com', displayName: 'ann@example.com' },
      challenge,
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      timeout: 300_000,
      excludeCredentials: [{ type: 'public-key', ...known }],
      authenticatorSelection: {
        authenticatorAttachment: 'platform',
        residentKey: 'discouraged',
        requireResidentKey: false,
        userVerification: 'required',
      },
      hints: ['client-device'],
      attestation: 'direct',
    });
  });

  it('leaves the kind of authenticator open where none is wanted', () => {
    const options = creationOptions({ ...wanted, residentKey: 'required' });
    expect(options).not.toHaveProperty('hints');
    expect(options.authenticatorSelection).toEqual({
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    });
  });

  it('at sign-in', () => {
    expect(requestOptions({ rp, challenge, allow: [known], userVerification: 'preferred' })).toEqual({
      rpId: 'example.com',
      challenge,
      timeout: 300_000,
      allowCredentials: [{ type: 'public-key', ...known }],
      userVerification: 'preferred',
    });
  });
});

it('no ceremony makes Node.js warn of experimental parts', () => {
  const ceremonies = new URL('../../test/support/ceremonies.ts', import.meta.url).href;
  const script = `
    const { prepareCeremonies } = await import('${ceremonies}');
    const { register, registered, assert } = prepareCeremonies();
    for (const algorithm of [-7, -8, -257]) await assert(await registered({ algorithm }));
    await register({ coseKey: { 3: -48 } });`;
  const listen = 'process.on("warning", (warning) => console.log(String(warning)));';
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', listen + script]);
  expect(output.toString()).toBe('');
});
