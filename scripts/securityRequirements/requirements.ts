/** A numbered promise of the project. Numbers never change; those of what isn't built yet are left out. */
export interface Requirement {
  /** As in `S-01`. */
  id: string;
  text: string;
}

export interface RequirementSection {
  title: string;
  requirements: readonly Requirement[];
}

const section = (title: string, texts: Readonly<Record<string, string>>): RequirementSection => ({
  title,
  requirements: Object.entries(texts).map(([id, text]) => ({ id, text })),
});

/** What this project requires of itself, in the order of the document. */
export const requirementSections: readonly RequirementSection[] = [
  section('Proofs are used once, by the right person', {
    'S-01': 'One proof gives at most one success, in parallel, on several processes, on both databases.',
    'S-02':
      'A one-time password of a time step that was used, or of an earlier one, is refused on every surface.',
    'S-03': 'A used time step is remembered at least as long as a code of it could be accepted.',
    'S-04':
      'A code is good for the present time step and one on either side, by the server’s clock; more only by explicit setting.',
    'S-05': 'The published vectors of RFC 4226 and RFC 6238 pass.',
    'S-06': 'The code that confirmed an enrolment can’t also log in.',
    'S-07':
      'Codes, tokens and ids come from a cryptographic source without bias; leading zeros are kept; tokens have at least 128 bits.',
    'S-08': 'A code that was sent lives ten minutes at the most.',
    'S-09':
      'A code that was sent answers its own challenge only: that method, person, application and transaction.',
    'S-10':
      'A recovery code has at least 112 bits, is stored as a keyed hash, is spent by use and replaced by another.',
    'S-11': 'Each look-up of a proof names the person; another’s is answered like a wrong one.',
    'S-12': 'Secrets are compared in constant time.',
    'S-13': 'A proof is a text of the exact form; anything else is refused and changes nothing.',
    'S-14': 'An empty, missing or skipped proof never leads on.',
  }),
  section('Guessing', {
    'S-15':
      'Failed second factors count for the person, over all sign-ins, factors and surfaces; a new sign-in doesn’t reset them.',
    'S-16': 'What a refusal counted, locked and logged is kept although the request failed.',
    'S-17': 'An attempt is spent before the proof is judged, so parallel guesses can’t exceed the budget.',
    'S-18': 'A right password resets no second-factor count; a success resets its own only.',
    'S-19':
      'The lock of second factors is reached only with the right password, is temporary, and grows; strangers lock nobody out.',
    'S-20': 'The lock holds on every road.',
    'S-21': 'Spellings of one address, and of one phone number, share one count.',
    'S-22':
      'The client’s address is taken from configured proxies only, in one spelling, IPv6 by its /64; one that can’t be read is a refusal.',
    'S-23': 'Limits are kept in the database and hold over processes and restarts.',
    'S-24': 'People hear by another channel of repeated failed second factors.',
  }),
  section('Transactions, policy, step-up', {
    'S-25': 'Before the last demand is met nothing usable exists: no session, cookie, code or token.',
    'S-26':
      'An `mfa_token` lives ten minutes at the most, belongs to one person, application and request, and is refused everywhere else.',
    'S-27': 'Tokens after a second factor are those asked for before it; scope and audience can’t grow.',
    'S-28': 'Policy, person and factors are judged again at completion.',
    'S-29':
      '`acr_values`, `max_age` and `prompt` are honoured; `acr`, `amr` and `auth_time` say what was done and when.',
    'S-30': '`prompt=none` with a demand that isn’t met yields an error, never a code.',
    'S-31': 'A refresh never adds to what was proved, and asks for a second factor where policy does.',
    'S-32':
      'One thing can’t count twice: where the mailbox stands behind the password, its codes are no second factor.',
    'S-33': 'Every confirmed method counts when the demand is computed.',
    'S-34': 'Unconfirmed methods are never challenged, counted or good for anything.',
    'S-35': 'Every road to a session or token is known and asks the engine.',
    'S-36': 'No step is skipped by address, back button, second tab, repeated or crossed requests.',
    'S-37': 'A finished sign-in gives one result, to the browser that began it.',
    'S-38': 'No cache decides about authentication; a change counts at the next request.',
  }),
  section('Enrolment and management', {
    'S-39': 'Whoever has a method proves one before adding another.',
    'S-40':
      'Removing a method takes a second factor at least as strong, proved within five minutes; so does adding one.',
    'S-41': 'A first enrolment belongs to its transaction; one confirmation voids the other pending ones.',
    'S-42':
      'The ticket that a device enrols by is random, short-lived, of one enrolment, and void once it was used or another was made.',
    'S-43':
      'Secret and QR code are shown once, to their transaction, uncached, never in an address, a log or a later answer.',
    'S-44': 'Methods and pending enrolments are capped; pending ones end with their transaction.',
    'S-45': 'Enrolment, removal, use of a recovery code and reset are told to the person by another channel.',
    'S-46':
      'A removed or reset method and a changed password end remembered browsers. Sessions and refresh tokens end with a reset, and with a new password unless the person chooses otherwise.',
    'S-47': 'A phone number or an address counts once a code proved it; another number is another enrolment.',
    'S-48':
      'Codes by text and call are marked as the weaker kind beside a stronger one; a code by e-mail counts as level 1.',
  }),
  section('Push', {
    'S-49':
      'A device asks for the number that the sign-in page shows; one that can’t is refused unless the operator allows it.',
    'S-50':
      'One request waits for a person, a newer one takes its place, there are at most five in ten minutes, and none for a while after a refusal.',
    'S-51':
      'A device’s answer counts by its enrolled key under that key’s own algorithm, for one request, address and decision.',
    'S-52': 'A notification holds nothing secret; browsers’ push services get it encrypted and signed.',
    'S-53':
      'What others name, a device or an application, is shown cut and escaped, as a line of plain text.',
    'S-54':
      'Only the browser or application that began a sign-in learns of the answer, and not as often as it likes.',
    'S-55':
      'A device that was removed is dead at once, and an address that its push service gave up isn’t used again.',
  }),
  section('WebAuthn', {
    'S-56': 'A challenge is random, good for five minutes, once, and for its own login and ceremony only.',
    'S-57':
      'Type, challenge, origin, frame, relying party and presence are checked, each by itself, origins exactly.',
    'S-58':
      'The server, not the page, judges what was demanded of an authenticator, by metadata that somebody trusted has signed.',
    'S-59': 'Only an assertion signed by the stored key passes, and its signature has one form.',
    'S-60':
      'A signature counter that doesn’t grow, unless there is none, is refused or flagged by setting, and logged.',
    'S-61':
      'Backup flags are stored, ones that can’t be are refused, and a synced credential never counts as level 3.',
    'S-62': 'A credential is one person’s, and an assertion for another person is refused.',
    'S-63':
      'The vectors of WebAuthn Level 3 verify, or are refused for a reason given; each changed byte of them is refused.',
  }),
  section('Recovery and reset', {
    'S-64': 'A new password neither skips nor satisfies a second factor, nor signs anybody in.',
    'S-65': 'A reset by an operator names the actor, tells the person and shows no secret.',
    'S-66':
      'After a recovery code the person gets a new one and is led to enrol anew, and the use is told and logged.',
    'S-67': 'Links work once, for a short time, are stored hashed, and are void after use or a newer link.',
  }),
  section('OAuth, OpenID Connect, sessions', {
    'S-68':
      'Redirect URIs are compared exactly; any port only for native applications on a loopback address.',
    'S-69': 'Public applications must use PKCE with S256, and no downgrade works.',
    'S-70': 'An authorization code works once, under races too; a second use ends the tokens of the first.',
    'S-71': 'Refresh rotation is atomic; reuse ends the family; overlap only by setting.',
    'S-72': 'Checks of tokens pin algorithm, own keys, issuer, audience, expiry and type.',
    'S-73': 'Authorization answers carry the issuer; `web_message` reaches registered origins only.',
    'S-74': 'There is no open redirect.',
    'S-75': 'Signing somebody out takes a hint, the application’s page or a click.',
    'S-76':
      'The session’s id changes at sign-in, step-up and change of person; its cookie is safe in every attribute.',
    'S-77': 'A remembered browser is a random secret, hashed, of one person, ending and revocable.',
    'S-78': 'Sessions have an idle and an absolute life.',
    'S-79': 'Blocking or deleting a person ends sessions, tokens and sign-ins under way at once.',
    'S-80': 'Secrets and data of other applications reach no answer to a user.',
    'S-81': 'Parameters are bounded and not repeated.',
  }),
  section('Enumeration, web, input', {
    'S-82':
      'Unknown account, wrong password and blocked account get the same answer for the same work, counted in hashes and statements.',
    'S-83':
      'Sign-up and reset answer alike for known and unknown addresses; what differs happens after the answer.',
    'S-84': 'What factors a person has is told after the first factor only.',
    'S-85': 'Links, QR codes and issuer come from the configured address, never from the request.',
    'S-86': 'Every answer has strict security headers.',
    'S-87': 'Forms are bound to their browser and checked for their origin; APIs take no cookies.',
    'S-88': 'What users, applications and operators write is escaped wherever it is shown.',
    'S-89': 'Malformed bodies of any kind are refused with 4xx in the contract’s form.',
    'S-90': 'Only declared fields can be written.',
    'S-91': 'Errors carry no stack, statement, path or secret.',
    'S-92':
      'Requests to configured addresses leave by https to public addresses that were checked, follow no redirect and have limits; an operator may allow more.',
    'S-93':
      'A provider that fails, lies or is late lets nobody in; only where the operator wants that while Duo is down, for the policy’s own demand, and loudly.',
    'S-94':
      'What Duo says counts once, for the person, browser and request that it was asked for, and only if Duo signed that it allowed it.',
    'S-95': 'Messages can’t be bent by headers, templates or links of strangers.',
    'S-96':
      'Sending is limited for each recipient; numbers of costly kinds are refused, and countries until they are allowed.',
    'S-97': 'Providers’ receipts are authenticated; forged and repeated ones change nothing.',
  }),
  section('Secrets, log, administration, failure', {
    'S-103': 'Encryption binds table, column and row: a ciphertext moved elsewhere doesn’t open.',
    'S-104': 'The master key can be replaced while servers run; a wrong or missing one stops the start.',
    'S-105': 'Logs, errors and exports hold no code, secret or token.',
    'S-106': 'Every management route refuses whoever isn’t entitled to it.',
    'S-107': 'There is no default account: the first operator is made on the command line.',
    'S-108': 'Each act of an operator is logged with its actor, without secrets.',
    'S-109': 'A kill at any statement leaves no half state, no second use and no bypass.',
    'S-110': 'There is one clock, handed in; setting it back revives nothing.',
    'S-111': 'Outside development the server refuses to start with unsafe settings.',
    'S-112': 'Dependencies are locked, and no install script of a stranger runs.',
  }),
];
