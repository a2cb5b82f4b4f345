import { type TSchema, Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import type { Factor } from '../../../mfa/factor.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { withoutDefault } from '../schemas.ts';
import { changeSettings, settingsOf } from './changeSettings.ts';
import { factorOf } from './factorNames.ts';

/** Auth0's words, in camel case. */
interface WebauthnWire {
  /** Where it is a setting: of keys. */
  userVerification?: string;
  overrideRelyingParty?: boolean;
  relyingPartyIdentifier?: string;
}

/**
 * `/guardian/factors/webauthn-roaming/settings` and those of `webauthn-platform`; what else these factors have to set
 * is left alone.
 */
export function registerWebauthn(app: App, dependencies: ManagementDependencies): void {
  for (const name of ['webauthn-roaming', 'webauthn-platform'] as const) register(app, dependencies, name);
}

function register(
  app: App,
  dependencies: ManagementDependencies,
  name: 'webauthn-roaming' | 'webauthn-platform',
): void {
  const { engine, database } = dependencies;
  const factor = factorOf(engine.registry, name);
  const path = `/guardian/factors/${name}/settings`;
  const form = formOf(factor);
  const verifies = 'userVerification' in factor.settings.properties;

  const current = async () => {
    const { userVerification, relyingPartyIdentifier } = await settingsOf(dependencies, factor);
    const overrides = relyingPartyIdentifier !== '';
    return {
      answer: {
        ...(verifies ? { userVerification } : {}),
        overrideRelyingParty: overrides,
        ...(overrides ? { relyingPartyIdentifier } : {}),
      },
    };
  };

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'] },
    summary: `Read the settings of ${name}`,
    ...{ status: 200, answer: form },
    handle: current,
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:guardian_factors'] },
    summary: `Set the settings of ${name}`,
    description: 'What is left out goes back to its default. Another domain makes all credentials useless.',
    body: form,
    ...{ status: 200, answer: form },
    async handle(asked) {
      const { overrideRelyingParty = false, relyingPartyIdentifier, ...rest } = asked.body;
      const isOther = overrideRelyingParty && relyingPartyIdentifier !== '';
      const change = {
        ...(verifies ? { userVerification: undefined } : {}),
        ...rest,
        relyingPartyIdentifier: isOther ? relyingPartyIdentifier : undefined,
      };
      const refused = await database.transaction((trx) =>
        changeSettings(trx, dependencies, asked, factor, change),
      );
      return refused ?? current();
    },
  });
}

function formOf({ settings: { properties } }: Factor) {
  const setting = (name: string) =>
    Type.Optional(withoutDefault((properties as Record<string, TSchema>)[name] ?? {}));
  return Type.Unsafe<WebauthnWire>(
    Type.Object(
      {
        ...('userVerification' in properties ? { userVerification: setting('userVerification') } : {}),
        overrideRelyingParty: Type.Optional(
          Type.Boolean({
            description: 'Whether credentials are made for another domain than the host of the pages.',
          }),
        ),
        relyingPartyIdentifier: setting('relyingPartyIdentifier'),
      },
      { additionalProperties: false },
    ),
  );
}
