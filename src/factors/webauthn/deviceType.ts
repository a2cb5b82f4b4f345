/** A person has one credential for each, unless the operator allows more. */
export type DeviceType = 'phone' | 'tablet' | 'desktop';

/** The first match wins. An iPad that asks for desktop sites names itself a Mac, and can't be told from one. */
const types: readonly [RegExp, DeviceType][] = [
  [/\biPad\b|\bTablet\b|\bSilk\/|\bKindle\b|\bPlayBook\b/, 'tablet'],
  [/\biPhone\b|\biPod\b|\bWindows Phone\b|\bMobile\b/, 'phone'],
  [/\bAndroid\b/, 'tablet'],
];

/** The type of a device by its browser's `User-Agent`; a desktop where nothing says otherwise. */
export function deviceTypeOf(userAgent = ''): DeviceType {
  const start = userAgent.slice(0, 512);
  return types.find(([pattern]) => pattern.test(start))?.[1] ?? 'desktop';
}
