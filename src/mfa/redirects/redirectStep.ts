import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { Factor } from '../factor.ts';
import { openStepAlone } from '../openStep.ts';
import type { EngineParts } from '../parts.ts';
import { unsealSetting } from '../settings/secretSettings.ts';
import type { Step } from '../step.ts';
import { type Refusal, refuse } from '../transaction.ts';
import type { Redirect } from './redirectDesk.ts';
import type { BroughtBack, ServiceContext } from './redirectFactor.ts';

/** A factor with a service that people are sent to. */
export type RedirectingFactor = Factor & Required<Pick<Factor, 'redirect'>>;

/** A step with such a factor that is on. */
export interface RedirectStep extends Step {
  factor: RedirectingFactor;
}

/** Opens a step that nobody else of this person takes meanwhile. */
export async function openRedirectStep(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  { factor: name }: Redirect,
  context: RequestContext,
): Promise<{ outcome: 'opened'; step: RedirectStep } | Refusal> {
  const opened = await openStepAlone(parts, trx, transactionId, context);
  if (opened.outcome === 'refused') return opened;
  const { settings, user } = opened.step;
  const factor = parts.registry.get(name);
  if (!factor || !redirects(factor)) return refuse('unsupported');
  if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
  const methods = await parts.methodsOf(trx, user, settings);
  return { outcome: 'opened', step: { ...opened.step, factor, methods } };
}

/** What the factor speaks with its service by. */
export function serviceOf(
  { vault, registry, connect }: EngineParts,
  factor: RedirectingFactor,
  settings: TenantSettings,
  { redirectUri }: Pick<Redirect, 'redirectUri'>,
): ServiceContext<unknown> {
  return {
    settings: registry.settingsOf(factor, settings),
    redirectUri,
    unseal: (sealed) => unsealSetting(vault, factor.name, sealed),
    connect,
  };
}

/** By what the browser names its challenge. */
export function nonceOf({ redirect }: Factor, broughtBack: BroughtBack): string | undefined {
  return redirect && broughtBack[redirect.nonceParameter];
}

/** Whether a factor has such a service. */
export function redirects(factor: Factor): factor is RedirectingFactor {
  return factor.redirect !== undefined;
}
