const phc =
  /^\$argon2(?:id|i|d)\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/;

/** What one sign-in may cost: 256 MiB, ten passes, eight lanes. */
const most = { memoryKib: 262_144, passes: 10, lanes: 8 };

/**
 * Whether passwords can be checked against this text: an argon2 hash as a PHC string, of a cost that a server
 * can bear at every sign-in.
 */
export function isArgon2Hash(text: string): boolean {
  const [, memoryKib, passes, lanes] = (phc.exec(text) ?? []).map(Number);
  if (memoryKib === undefined || passes === undefined || lanes === undefined) return false;
  const isEnough = memoryKib >= 8 * lanes && passes >= 1 && lanes >= 1;
  return isEnough && memoryKib <= most.memoryKib && passes <= most.passes && lanes <= most.lanes;
}
