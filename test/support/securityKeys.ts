import { randomUUID } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { DecisionInput, Requirement } from '../../src/mfa/transaction.ts';
import { context, login, type TestEngine } from './engine.ts';
import {
  type AssertionChanges,
  type CreationChanges,
  makeSoftAuthenticator,
  type SoftAuthenticator,
  type SoftAuthenticatorOptions,
} from './softAuthenticator.ts';

/** Of the pages that `createTestEngine` has. */
export const origin = 'https://login.example.com';

export type WebauthnName = 'webauthn-roaming' | 'webauthn-platform';

/** A key to plug in that never verifies its user, unless told otherwise. */
export function securityKey(options: Partial<SoftAuthenticatorOptions> = {}): SoftAuthenticator {
  const flags = { userVerified: false, ...options.flags };
  return makeSoftAuthenticator({ origin, attachment: 'cross-platform', ...options, flags });
}

/** A device that verifies its user. */
export function ownDevice(options: Partial<SoftAuthenticatorOptions> = {}): SoftAuthenticator {
  return makeSoftAuthenticator({ origin, attachment: 'platform', transports: ['internal'], ...options });
}

/** One person before the pages, whose steps are the engine's. */
export function visitor(house: TestEngine, userId: string, userAgent = 'test') {
  const { engine } = house;
  const seen = { ...context, userAgent };
  const interactions = new Map<string, string>();

  /** Begins a login and returns its transaction. */
  const begin = async (changes: Partial<DecisionInput> = {}): Promise<string> => {
    const interactionId = randomUUID();
    const input = login(userId, house.clock, { purpose: 'login', ...changes });
    const begun = await engine.begin(input, { interactionId }, seen);
    if (begun.outcome !== 'begun') throw new Error(`Expected a transaction, got ${begun.outcome}.`);
    interactions.set(begun.transaction.id, interactionId);
    return begun.transaction.id;
  };

  const stored = async (id: string) => {
    const transaction = await engine.findByInteraction(interactions.get(id) ?? '');
    if (!transaction) throw new Error('The transaction is gone.');
    return transaction;
  };

  /** The options that the page of a factor hands to the browser. */
  const options = async <Options>(id: string, factor: WebauthnName): Promise<Options> => {
    const shown = await engine.showChallenge(id, factor, seen);
    if (shown.outcome !== 'shown') throw new Error(`No challenge: ${shown.code}.`);
    return JSON.parse(shown.shown.publicKey ?? '') as Options;
  };

  const submit = (id: string, answer: object) =>
    engine.submit(id, { challenge: 'latest', proof: JSON.stringify(answer) }, seen);

  /** Begins to enrol in a transaction that is to, and hands in what the authenticator made. */
  const enrolIn = async (
    id: string,
    authenticator: SoftAuthenticator,
    factor: WebauthnName = 'webauthn-roaming',
    changes?: CreationChanges,
  ) => {
    const begun = await engine.beginEnrolment(id, { factor }, seen);
    if (begun.outcome !== 'begun') throw new Error(`Enrolment refused: ${begun.code}.`);
    const asked = await options<PublicKeyCredentialCreationOptionsJSON>(id, factor);
    return submit(id, authenticator.create(asked, changes));
  };

  /** Answers the challenge of a login with what the authenticator has. */
  const answerIn = async (
    id: string,
    authenticator: SoftAuthenticator,
    factor: WebauthnName = 'webauthn-roaming',
    changes?: AssertionChanges,
  ) =>
    submit(id, authenticator.get(await options<PublicKeyCredentialRequestOptionsJSON>(id, factor), changes));

  return {
    seen,
    begin,
    stored,
    options,
    submit,
    enrolIn,
    answerIn,

    /** Enrols a person's first key, and ends that login. */
    enrol: async (
      authenticator: SoftAuthenticator,
      factor?: WebauthnName,
      changes?: CreationChanges,
    ): Promise<string> => {
      const id = await begin();
      const result = await enrolIn(id, authenticator, factor, changes);
      if (result.outcome !== 'satisfied') throw new Error(`The key was refused: ${JSON.stringify(result)}`);
      await engine.complete(id);
      return id;
    },

    /** Signs in with a key. */
    answer: async (authenticator: SoftAuthenticator, factor?: WebauthnName, changes?: AssertionChanges) =>
      answerIn(await begin(), authenticator, factor, changes),

    /** What is still demanded, or offered. */
    requirement: async (id: string): Promise<Requirement> => (await stored(id)).requirement,

    /** Why the tenant log says that proofs failed or were strange, the latest last. */
    reasons: async (type?: string): Promise<string[]> => {
      const rows = await house.database.db
        .selectFrom('logs')
        .select(['type', 'details'])
        .where('user_id', '=', userId)
        .orderBy('log_id')
        .execute();
      return rows
        .filter((row) => type === undefined || row.type === type)
        .flatMap((row) => (JSON.parse(row.details as string) as { reason?: string }).reason ?? []);
    },
  };
}
