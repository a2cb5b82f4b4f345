/**
 * The `otpauth://` URI that a device scans to enrol: its ticket and where to present it. There is no secret in
 * it, and apps for one-time codes alone find nothing to make codes of.
 *
 * @param account stands beside the issuer in the app's list
 * @param origin of this server
 */
export function barcodeUri(
  ticket: string,
  { issuer, account, origin }: { issuer: string; account: string; origin: string },
): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const parameters = { enrollment_tx_id: ticket, base_url: `${origin}/appliance-mfa`, issuer };
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `otpauth://totp/${label}?${query.join('&')}`;
}
