/** How a text travels: what it is written in, and how many parts are paid for. */
export interface SmsSegments {
  encoding: 'GSM-7' | 'UCS-2';
  /** Septets of GSM-7, or 16-bit units of UCS-2. */
  units: number;
  segments: number;
}

/** 3GPP TS 23.038 §6.2.1: the basic character set, and those that take an escape before them. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '\f^{}\\[~]|€';
const sizes: ReadonlyMap<string, number> = new Map([
  ...[...basic].map((character) => [character, 1] as const),
  ...[...extended].map((character) => [character, 2] as const),
]);

/** Counts as the networks do: 160 septets or 70 units in one part, 153 or 67 in each of several. */
export function smsSegments(text: string): SmsSegments {
  let septets: number | undefined = 0;
  for (const character of text) {
    const size = sizes.get(character);
    septets = size === undefined || septets === undefined ? undefined : septets + size;
  }
  return septets === undefined
    ? { encoding: 'UCS-2', units: text.length, segments: parts(text.length, 70, 67) }
    : { encoding: 'GSM-7', units: septets, segments: parts(septets, 160, 153) };
}

function parts(units: number, single: number, each: number): number {
  return units <= single ? 1 : Math.ceil(units / each);
}
