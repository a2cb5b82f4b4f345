/**
 * What a person decided about a request. `number` is what they found on the sign-in page; `wasMe` tells
 * whether the sign-in was their own.
 * @typedef {{ isAccepted: true, number?: string } | { isAccepted: false, wasMe?: boolean }} Decision
 */

const answerSeconds = 30;
const bearerSeconds = 10 * 60;

/**
 * Claims of an answer, as Guardian's SDKs sign them, and the number beside.
 * @param {{ baseUrl: string, identifier: string }} account
 * @param {string} challenge of the request
 * @param {Decision} decision
 * @param {number} now epoch ms
 */
export function answerClaims({ baseUrl, identifier }, challenge, decision, now) {
  return {
    iss: identifier,
    sub: challenge,
    aud: `${baseUrl}/api/resolve-transaction`,
    ...lifetime(now, answerSeconds),
    auth0_guardian_method: 'push',
    auth0_guardian_accepted: decision.isAccepted,
    ...(decision.isAccepted ? number(decision) : reason(decision)),
  };
}

/**
 * Claims by which the device says who it is.
 * @param {{ baseUrl: string, deviceId: string, userId: string }} account
 * @param {number} now epoch ms
 */
export function bearerClaims({ baseUrl, deviceId, userId }, now) {
  return {
    iss: deviceId,
    sub: userId,
    aud: `${baseUrl}/api/device-accounts`,
    ...lifetime(now, bearerSeconds),
  };
}

/** @param {{ number?: string }} decision */
function number({ number }) {
  return number === undefined ? {} : { countersign_number: number };
}

/** @param {{ wasMe?: boolean }} decision */
function reason({ wasMe }) {
  return wasMe === undefined ? {} : { auth0_guardian_reason: wasMe ? 'mistake' : 'hack' };
}

/** @param {number} now epoch ms @param {number} seconds */
function lifetime(now, seconds) {
  const issuedAt = Math.floor(now / 1000);
  return { iat: issuedAt, exp: issuedAt + seconds };
}
