import { ApiProblem } from './apiProblem.js';
import { demandOfSdk } from './session.js';

/** @typedef {import('./errands.js').Errand} Errand */
/** @typedef {import('./myAccount.js').Method} Method */
/** @typedef {import('./myAccount.js').MethodType} MethodType */

/**
 * What the page knows of the person's account. It says `change` whenever it has read it anew, and `over` when
 * the person ended the session.
 */
export class Account extends EventTarget {
  /** @type {import('./session.js').Person} */
  person = { id: '', email: '' };
  /** What is on. @type {import('./myAccount.js').Factor[]} */
  factors = [];
  /** Those that count. @type {Method[]} */
  methods = [];
  /** @type {import('./myAccount.js').TrustedBrowser[]} */
  browsers = [];
  /** @type {import('./myAccount.js').SignIn[]} */
  sessions = [];
  /** Type of the factor that the person wants to be asked for first. */
  preferred = '';
  /** The errand with which the person has just come back from the sign-in. */
  #broughtBack = '';
  #session;

  /**
   * @param {import('./session.js').Session} session
   * @param {import('./myAccount.js').MyAccount} api
   */
  constructor(session, api) {
    super();
    this.#session = session;
    this.api = api;
  }

  /** Reads everything anew. */
  async load() {
    const [person, factors, methods, browsers, sessions, preferences] = await Promise.all([
      this.#session.person(),
      this.api.factors(),
      this.api.methods(),
      this.api.browsers(),
      this.api.sessions(),
      this.api.preferences(),
    ]);
    Object.assign(this, { person, factors, methods, browsers, sessions });
    this.preferred = preferences.preferred_factor ?? '';
    this.dispatchEvent(new Event('change'));
  }

  /** Kinds that the person could set up now. @returns {MethodType[]} */
  get enrollable() {
    return this.factors.filter(({ enrollable }) => enrollable).map(({ type }) => type);
  }

  /** By which ways the codes of a kind can come. @param {MethodType} type */
  channelsOf(type) {
    return this.factors.find((factor) => factor.type === type)?.channels ?? [];
  }

  /** Second factors that the person can use: recovery codes are for the day when those are lost. */
  get secondFactors() {
    return this.methods.filter(({ type }) => type !== 'password' && type !== 'recovery-code');
  }

  /** Those that were set up; the account's own address is there without. */
  get ownMethods() {
    return this.secondFactors.filter(({ implicit }) => !implicit);
  }

  /**
   * Runs what the API may refuse until the person has proved something. If so, the page goes to the sign-in and
   * comes back with the errand; this promise then never ends.
   * @template Result
   * @param {Errand} errand
   * @param {() => Promise<Result>} act
   * @returns {Promise<Result>}
   */
  async withProof(errand, act) {
    try {
      return await act();
    } catch (error) {
      const demand = demandOf(error);
      // Asked again for what was just proved, the person would go in circles.
      const isInVain = this.#broughtBack === JSON.stringify(errand);
      this.#broughtBack = '';
      if (!demand || isInVain) throw error;
      await this.#session.signIn(demand, errand);
      return new Promise(() => {});
    }
  }

  /** The person has proved what this errand took. @param {Errand} errand */
  comeBackWith(errand) {
    this.#broughtBack = JSON.stringify(errand);
  }

  /**
   * Begins to add a method; the page may first go to the sign-in, and come back with what was given.
   * @param {import('./myAccount.js').Beginning} beginning
   */
  begin(beginning) {
    return this.withProof({ kind: 'add', beginning }, () => this.api.begin(beginning));
  }

  /**
   * Reads everything anew; the page may first go to the sign-in.
   * @param {string} [done] what to say when it comes back from there
   */
  refresh(done) {
    return this.withProof({ kind: 'look', ...(done === undefined ? {} : { done }) }, () => this.load());
  }

  signOut() {
    return this.#session.signOut();
  }

  /** Every session was ended, this one too. */
  async end() {
    await this.#session.forget();
    this.dispatchEvent(new Event('over'));
  }
}

/** @param {unknown} error */
function demandOf(error) {
  return error instanceof ApiProblem ? error.demand : demandOfSdk(error);
}
