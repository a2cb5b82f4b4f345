/** @typedef {import('./account.js').Account} Account */
/**
 * What a person wants done, in a form that survives the way to the sign-in and back. It holds no secret.
 * @typedef {(
 *   | { kind: 'add', beginning: import('./myAccount.js').Beginning }
 *   | { kind: 'update', id: string, change: { name?: string, preferred_authentication_method?: string } }
 *   | { kind: 'remove', id: string }
 *   | { kind: 'prefer', factor: string | null }
 *   | { kind: 'forgetBrowser', id?: string }
 *   | { kind: 'endSession', id?: string }
 *   | { kind: 'look' }
 * ) & { done?: string }} Errand `done` is what to say when it is done
 */

/**
 * Carries out an errand that is done with one call. The account is read anew, unless that ended its session.
 * @param {Account} account
 * @param {Exclude<Errand, { kind: 'add' }>} errand
 */
export async function carryOut(account, errand) {
  await account.withProof(errand, () => act(account, errand));
  if (errand.kind === 'endSession' && errand.id === undefined) await account.end();
  else await account.refresh(errand.done);
}

/**
 * @param {Account} account
 * @param {Exclude<Errand, { kind: 'add' }>} errand
 */
async function act({ api }, errand) {
  switch (errand.kind) {
    case 'update':
      return api.update(errand.id, errand.change);
    case 'remove':
      return api.remove(errand.id);
    case 'prefer':
      return api.prefer(errand.factor);
    case 'forgetBrowser':
      return api.forgetBrowser(errand.id);
    case 'endSession':
      return api.endSession(errand.id);
  }
}
