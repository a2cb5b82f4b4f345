import { isIP } from 'node:net';
import type { SettingsContext, SettingsFault } from '../../mfa/factor.ts';
import { findModel, listModels } from '../../webauthn/models/storedModels.ts';
import { relyingPartyIdFault } from '../../webauthn/relyingParty.ts';
import type { CommonWebauthnSettings } from './settings.ts';

/** What makes no sense for pages at this address, or with the models that are known. */
export async function checkWebauthnSettings(
  settings: CommonWebauthnSettings,
  { db, origin }: SettingsContext,
): Promise<SettingsFault | undefined> {
  const { attestation, allowedModels } = settings;
  const message = relyingPartyFault(settings, origin);
  if (message !== undefined) return { setting: 'relyingPartyIdentifier', message };
  for (const aaguid of allowedModels) {
    const model = await findModel(db, aaguid);
    if (model && !model.isCompromised) continue;
    const why = model ? 'the metadata reports its keys as broken' : 'the imported metadata doesn’t have it';
    return {
      setting: 'allowedModels',
      message: `expected models that "countersign authenticator-model list" shows as ok; ${aaguid} is none: ${why}.`,
    };
  }
  if (attestation === 'none' || (await listModels(db)).length > 0) return undefined;
  return {
    setting: 'attestation',
    message:
      'expected none while no models are known: nothing could prove what it is. Import FIDO metadata first, with "countersign authenticator-model import".',
  };
}

/** What keeps browsers from offering it on pages at this address, in words for the operator. */
export function lackOfPages(settings: CommonWebauthnSettings, origin: string): string | undefined {
  const { hostname, protocol } = new URL(origin);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) {
    return `Browsers don’t offer it at an IP address such as ${origin}: give the server a name by the setting publicUrl.`;
  }
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (protocol !== 'https:' && !isLocal) {
    return `Browsers offer it by https and on localhost only, and the pages are at ${origin}.`;
  }
  const fault = relyingPartyFault(settings, origin);
  return fault && `Its setting relying_party_identifier doesn’t fit the pages: ${fault}`;
}

function relyingPartyFault({ relyingPartyIdentifier: id }: CommonWebauthnSettings, origin: string) {
  const host = new URL(origin).hostname;
  const fault = id === '' ? undefined : relyingPartyIdFault(id, host);
  if (!fault) return undefined;
  const why = fault === 'public_suffix' ? 'anybody may register a name under it' : 'it is neither';
  return `expected the host of the pages, ${host}, or a domain above it; not ${id}, for ${why}.`;
}
