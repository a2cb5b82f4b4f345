import { Type } from 'typebox';
import { commonWebauthnSettings } from '../../../factors/webauthn/settings.ts';
import { roamingSettings } from '../../../factors/webauthn-roaming/settings.ts';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { withoutDefault } from '../schemas.ts';
import { changeSettings, settingsOf } from './changeSettings.ts';
import { factorOf } from './factorNames.ts';

const relyingParty = {
  overrideRelyingParty: Type.Optional(
    Type.Boolean({
      description: 'Whether credentials are made for another domain than the host of the pages.',
    }),
  ),
  relyingPartyIdentifier: Type.Optional(withoutDefault(commonWebauthnSettings.relyingPartyIdentifier)),
};

const verification = {
  userVerification: Type.Optional(withoutDefault(roamingSettings.properties.userVerification)),
};

const closed = { additionalProperties: false };
const forms = {
  'webauthn-roaming': Type.Object({ ...verification, ...relyingParty }, closed),
  'webauthn-platform': Type.Object(relyingParty, closed),
};

/**
 * `/guardian/factors/webauthn-roaming/settings` and those of `webauthn-platform`; what else these factors have to set
 * is left alone.
 */
export function registerWebauthn(app: App, dependencies: ManagementDependencies): void {
  for (const name of ['webauthn-roaming', 'webauthn-platform'] as const) register(app, dependencies, name);
}

function register(app: App, dependencies: ManagementDependencies, name: keyof typeof forms): void {
  const { engine, database } = dependencies;
  const factor = factorOf(engine.registry, name);
  const path = `/guardian/factors/${name}/settings`;
  const form = forms[name];

  const current = async () => {
    const { userVerification, relyingPartyIdentifier } = await settingsOf(dependencies, factor);
    const overrides = relyingPartyIdentifier !== '';
    return {
      answer: {
        ...('userVerification' in form.properties ? { userVerification } : {}),
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
        ...('userVerification' in form.properties ? { userVerification: undefined } : {}),
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
