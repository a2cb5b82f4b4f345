import { type Static, Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import {
  readTenantSettings,
  type TenantSettings,
  updateTenantSettings,
} from '../../../tenant/tenantSettings.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { invalidMember } from '../problem.ts';
import { recordCall } from '../recordCall.ts';

const day = 24 * 60 * 60;

const days = (most: number, description: string) =>
  Type.Integer({
    minimum: day,
    maximum: most * day,
    multipleOf: day,
    description: `${description} Seconds, of whole days.`,
  });

const shown = {
  display_remember_me_checkbox: Type.Boolean({
    description: 'Whether people may have a browser remembered, and be asked for no second factor in it.',
  }),
  remember_me_default_value: Type.Boolean({ description: 'Whether the box for that is ticked at first.' }),
};

const body = Type.Object(
  {
    ...shown,
    mfa_session_inactivity_timeout: days(30, 'A browser is forgotten after so long without use.'),
    mfa_session_overall_timeout: days(90, 'A browser is forgotten after so long in any case.'),
  },
  { additionalProperties: false },
);

/** Elsewhere operators may set more than this API takes. */
const answer = Type.Object({
  ...shown,
  mfa_session_inactivity_timeout: Type.Integer({ description: 'Seconds.' }),
  mfa_session_overall_timeout: Type.Integer({ description: 'Seconds.' }),
});

/** `GET` and `PUT /guardian/settings`: browsers that are remembered. */
export function registerGuardianSettings(app: App, dependencies: ManagementDependencies): void {
  const { database, clock } = dependencies;
  const path = '/guardian/settings';

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'] },
    summary: 'Read how browsers are remembered',
    ...{ status: 200, answer },
    handle: async () => ({ answer: toWire(await readTenantSettings(database.db)) }),
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:guardian_factors'] },
    summary: 'Set how browsers are remembered',
    description: 'Counts for browsers that are remembered already, too.',
    body,
    ...{ status: 200, answer },
    async handle(asked) {
      const rememberBrowser = fromWire(asked.body);
      if (rememberBrowser.idleDays > rememberBrowser.absoluteDays) {
        const what = 'Value must not exceed mfa_session_overall_timeout';
        return { problem: invalidMember(what, 'mfa_session_inactivity_timeout') };
      }
      await database.transaction(async (trx) => {
        const before = await updateTenantSettings(trx, clock(), (settings) => settings);
        const after = await updateTenantSettings(trx, clock(), (settings) => ({
          ...settings,
          rememberBrowser,
        }));
        const [from, to] = [toWire(before), toWire(after)];
        if (JSON.stringify(from) === JSON.stringify(to)) return;
        const details = { from, to };
        await recordCall(trx, dependencies, asked, {
          description: 'Set how browsers are remembered',
          details,
        });
      });
      return { answer: asked.body };
    },
  });
}

function toWire({ rememberBrowser }: Pick<TenantSettings, 'rememberBrowser'>): Static<typeof answer> {
  const { enabled, isTicked = false, idleDays, absoluteDays } = rememberBrowser;
  return {
    display_remember_me_checkbox: enabled,
    remember_me_default_value: isTicked,
    mfa_session_inactivity_timeout: idleDays * day,
    mfa_session_overall_timeout: absoluteDays * day,
  };
}

function fromWire(wire: Static<typeof body>): TenantSettings['rememberBrowser'] {
  return {
    enabled: wire.display_remember_me_checkbox,
    isTicked: wire.remember_me_default_value,
    idleDays: wire.mfa_session_inactivity_timeout / day,
    absoluteDays: wire.mfa_session_overall_timeout / day,
  };
}
