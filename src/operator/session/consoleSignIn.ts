import { multiFactorAcr } from '../../mfa/authenticationContext.ts';
import type { DecisionInput } from '../../mfa/transaction.ts';

/** What the console is called in the log and on the sign-in pages. It is no registered application. */
export const consoleApplication = { id: 'operator-console', name: 'Operator console' } as const;

/**
 * The engine's question about every sign-in to the console, and again at every request: a second factor,
 * whatever the tenant's policy says, and no remembered browser in its place (S-107). It counts as long as the
 * session, whose own end is near enough.
 */
export const consoleDecision: Omit<DecisionInput, 'userId' | 'proofs' | 'browserToken'> = {
  purpose: 'login',
  client: { ...consoleApplication, mfaPolicy: 'always', proofMinutes: 0 },
  acrValues: [multiFactorAcr],
  scope: [],
  stepUpScopes: [],
  mfaAudience: false,
};
