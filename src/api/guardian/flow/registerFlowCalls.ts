import type { App } from '../../../http/createApp.ts';
import { atEachMount } from '../mounted.ts';
import type { FlowCalls } from './dependencies.ts';
import { registerGuardianToken } from './guardianToken.ts';
import { registerRecoverAccount } from './recoverAccount.ts';
import { registerSendingCalls } from './sendingCalls.ts';
import { registerSmsEnroll } from './smsEnroll.ts';
import { registerStartFlow } from './startFlow.ts';
import { registerTransactionState } from './transactionState.ts';
import { registerVerifyOtp } from './verifyOtp.ts';

/** What a page with auth0-guardian-js calls, and where its first token comes from. */
export async function registerFlowCalls(app: App, calls: FlowCalls): Promise<void> {
  registerGuardianToken(app, calls);
  await atEachMount(app, (scope, describe) => {
    registerStartFlow(scope, describe, calls);
    registerTransactionState(scope, describe, calls);
    registerSmsEnroll(scope, describe, calls);
    registerSendingCalls(scope, describe, calls);
    registerVerifyOtp(scope, describe, calls);
    registerRecoverAccount(scope, describe, calls);
  });
}
