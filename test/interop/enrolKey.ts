import { randomUUID } from 'node:crypto';
import { readSettings } from '../../src/config/readSettings.ts';
import { openHouse } from '../../src/house.ts';
import { securityKey, type WebauthnName } from '../support/securityKeys.ts';
import type { TestServer } from '../support/server.ts';
import type { Person } from './deployment.ts';

/** Sets up a security key for somebody who has nothing yet, as the pages of this server would. */
export async function enrolKey(
  server: TestServer,
  { userId }: Pick<Person, 'userId'>,
): Promise<{ recoveryCode: string }> {
  const factor: WebauthnName = 'webauthn-roaming';
  const { database } = server;
  const settings = await readSettings({
    flags: {
      dev: true,
      data: server.dataDir,
      publicUrl: server.baseUrl,
      ...('url' in database ? { databaseUrl: database.url } : {}),
    },
    environment: {},
  });
  const house = await openHouse(settings);
  try {
    const { engine } = house;
    const context = { ip: '127.0.0.1', userAgent: 'test' };
    const begun = await engine.begin(
      {
        purpose: 'login',
        userId,
        client: { id: 'pages', name: 'Pages', mfaPolicy: 'always' },
        acrValues: [],
        scope: ['openid'],
        stepUpScopes: [],
        mfaAudience: false,
        proofs: [{ factor: 'password', at: Date.now() }],
      },
      { interactionId: randomUUID() },
      context,
    );
    if (begun.outcome !== 'begun') throw new Error(`No enrolment is due: ${begun.outcome}.`);
    const { id } = begun.transaction;
    const enrolment = await engine.beginEnrolment(id, { factor }, context);
    if (enrolment.outcome !== 'begun') throw new Error(`Enrolment refused: ${enrolment.code}.`);
    const challenge = await engine.showChallenge(id, factor, context);
    if (challenge.outcome !== 'shown') throw new Error(`No challenge: ${challenge.code}.`);
    const key = securityKey({ origin: server.baseUrl });
    const proof = JSON.stringify(key.create(JSON.parse(challenge.shown.publicKey ?? '')));
    const result = await engine.submit(id, { challenge: 'latest', proof }, context);
    if (result.outcome !== 'satisfied') throw new Error(`The key was refused: ${JSON.stringify(result)}`);
    await engine.complete(id);
    return { recoveryCode: enrolment.beside?.recoveryCode ?? '' };
  } finally {
    await house.close();
  }
}
