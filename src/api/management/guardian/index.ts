import type { App } from '../../../http/createApp.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { registerApns } from './apns.ts';
import { registerCodeSettings } from './codeSettings.ts';
import { registerDuo } from './duo.ts';
import { registerEnrollments } from './enrollments.ts';
import { registerEnrollmentTicket } from './enrollmentTicket.ts';
import { registerFactors } from './factors.ts';
import { registerFcm } from './fcm.ts';
import { registerMessageTypes } from './messageTypes.ts';
import { registerPhoneProvider } from './phoneProvider.ts';
import { registerPhoneTemplates } from './phoneTemplates.ts';
import { registerPolicies } from './policies.ts';
import { registerPushProvider } from './pushProvider.ts';
import { registerGuardianSettings } from './settings.ts';
import { registerSns } from './sns.ts';
import { registerTwilio } from './twilio.ts';
import { registerWebauthn } from './webauthn.ts';

const calls = [
  registerEnrollmentTicket,
  registerEnrollments,
  registerFactors,
  registerPolicies,
  registerGuardianSettings,
  registerCodeSettings,
  registerMessageTypes,
  registerPhoneProvider,
  registerTwilio,
  registerPhoneTemplates,
  registerPushProvider,
  registerSns,
  registerApns,
  registerFcm,
  registerDuo,
  registerWebauthn,
];

/** `/guardian`: which second factors there are, when one is asked for, and what people have set up. */
export function registerGuardian(app: App, dependencies: ManagementDependencies): void {
  for (const register of calls) register(app, dependencies);
}
