import { setTimeout as sleep } from 'node:timers/promises';
import auth0GuardianJS, {
  type AuthStep,
  type Enrollment,
  type EnrollmentStep,
  type GuardianError,
  type Transaction,
} from 'auth0-guardian-js';

/** What the application gave its page for a login. */
export interface LoginInput {
  serviceUrl: string;
  requestToken: string;
}

/** Likewise for a login or for an invitation. */
export type PageInput = LoginInput | { serviceUrl: string; ticket: string };

interface AuthResponse {
  accepted: boolean;
  signature: string | null;
  recoveryCode?: string;
}

interface EnrollmentComplete {
  enrollment: Enrollment;
  recoveryCode: string | null | undefined;
  authRequired: boolean;
}

type EventName = 'enrollment-complete' | 'auth-response' | 'timeout' | 'error';

/** The widget polls every five seconds. */
const patienceMs = 20_000;

/** A page that draws its second factor with auth0-guardian-js, unchanged, and its polling transport. */
export class WidgetPage {
  readonly transaction: Transaction;
  /** What it heard so far. */
  readonly heard: { name: EventName; payload: unknown }[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(transaction: Transaction) {
    this.transaction = transaction;
    for (const name of ['enrollment-complete', 'auth-response', 'timeout', 'error'] as const) {
      transaction.on(name, (payload: unknown) => {
        this.heard.push({ name, payload });
        for (const listener of this.#listeners) listener();
      });
    }
  }

  static async open(input: PageInput, delayMs = 0): Promise<WidgetPage> {
    const guardian = auth0GuardianJS({
      ...input,
      issuer: { label: 'Example', name: 'example' },
      accountLabel: 'kim@example.com',
      globalTrackingId: 'a-b-c',
      transport: 'polling',
    });
    if (delayMs > 0) await sleep(delayMs);
    const page = new WidgetPage(await called<Transaction>((done) => guardian.start(done)));
    // Of an enrolment that the first look finds already the package tells nothing; no person is as fast.
    for (let turn = 0; page.transaction.transactionEventsReceiver.state === null && turn < 100; turn += 1) {
      await sleep(50);
    }
    return page;
  }

  enroll(method: string, data: { phoneNumber?: string } | null = null): Promise<EnrollmentStep> {
    return called((done) => this.transaction.enroll(method, data, done));
  }

  requestAuth(method?: string): Promise<AuthStep> {
    const [enrollment] = this.transaction.getEnrollments();
    if (!enrollment) throw new Error('The widget sees nothing enrolled.');
    const options = method === undefined ? {} : { method };
    return called((done) => this.transaction.requestAuth(enrollment, options, done));
  }

  getState(): Promise<Record<string, unknown>> {
    return called((done) => this.transaction.getState(done));
  }

  recover(recoveryCode: string): Promise<{ recoveryCode?: string }> {
    return called((done) => this.transaction.recover({ recoveryCode }, done));
  }

  /** The first response to the login, good or bad. */
  async authResponse(): Promise<AuthResponse> {
    return (await this.#hear('auth-response')) as AuthResponse;
  }

  /** The first good one. */
  async acceptance(): Promise<AuthResponse> {
    return (await this.#hear('auth-response', (told) => (told as AuthResponse).accepted)) as AuthResponse;
  }

  async enrollmentComplete(): Promise<EnrollmentComplete> {
    return (await this.#hear('enrollment-complete')) as EnrollmentComplete;
  }

  async error(): Promise<unknown> {
    return this.#hear('error');
  }

  async #hear(name: EventName, isMeant: (payload: unknown) => boolean = () => true): Promise<unknown> {
    const found = () => this.heard.find((event) => event.name === name && isMeant(event.payload));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        const names = this.heard.map((event) => event.name).join(', ');
        reject(new Error(`The widget told ${names || 'nothing'}, not ${name}.`));
      }, patienceMs);
      const look = () => {
        if (!found()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
    return found()?.payload;
  }
}

/** Promises what a function of the package calls back with. */
export function called<Result>(
  call: (done: (error: GuardianError | null, result: Result) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** Has a step's code judged; rejects with the package's error when it isn't taken. */
export function confirmed(step: EnrollmentStep, otpCode: string): Promise<{ recoveryCode?: string }> {
  return called((done) => step.confirm({ otpCode }, done));
}

export function verified(step: AuthStep, otpCode: string): Promise<{ recoveryCode?: string }> {
  return called((done) => step.verify({ otpCode }, done));
}
