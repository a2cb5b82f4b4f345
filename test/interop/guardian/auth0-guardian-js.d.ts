/** The package has no types; these are of what the tests use. */
declare module 'auth0-guardian-js' {
  export type Callback<Result = undefined> = (error: GuardianError | null, result: Result) => void;

  export interface GuardianError extends Error {
    errorCode?: string;
    statusCode?: number;
  }

  export interface Enrollment {
    getAvailableMethods(): string[];
    getAvailableAuthenticatorTypes(): string[];
    getName(): string | undefined;
    getPhoneNumber(): string | undefined;
  }

  export interface EnrollmentStep {
    getUri(): string | null;
    confirm(data: { otpCode?: string }, accepted?: Callback<{ recoveryCode?: string }>): void;
  }

  export interface AuthStep {
    verify(data: { otpCode?: string }, accepted?: Callback<{ recoveryCode?: string }>): void;
  }

  export interface Transaction {
    /** Its polling client; `state` is what that was answered last. */
    transactionEventsReceiver: { state: unknown };
    on(event: string, listener: (payload: never) => void): this;
    isEnrolled(): boolean;
    getEnrollments(): Enrollment[];
    getAvailableEnrollmentMethods(): string[];
    getAvailableAuthenticationMethods(): string[];
    enroll(method: string, data: { phoneNumber?: string } | null, callback: Callback<EnrollmentStep>): void;
    requestAuth(enrollment: Enrollment, options: { method?: string }, callback: Callback<AuthStep>): void;
    recover(data: { recoveryCode: string }, callback?: Callback<{ recoveryCode?: string }>): void;
    serialize(): unknown;
    getState(callback: Callback<Record<string, unknown>>): void;
  }

  export interface Options {
    serviceUrl: string;
    requestToken?: string;
    ticket?: string;
    issuer: { label: string; name: string };
    accountLabel?: string;
    globalTrackingId?: string;
    transport?: 'polling' | 'manual';
  }

  export interface Guardian {
    start(callback: Callback<Transaction>): void;
  }

  function auth0GuardianJS(options: Options): Guardian;
  namespace auth0GuardianJS {
    function resume(options: { transport: 'manual' }, state: unknown, callback: Callback<Transaction>): void;
  }
  export default auth0GuardianJS;
}
