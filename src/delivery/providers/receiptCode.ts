/** A provider's code in the form of `DeliveryError.code`; undefined for none, and for what is no code. */
export function receiptCode(value: string | null | undefined): string | undefined {
  return value && /^[\w.-]{1,64}$/.test(value) ? value : undefined;
}
