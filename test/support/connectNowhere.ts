/** For engines whose people are sent to no other service's page. */
export function connectNowhere(): never {
  throw new Error('There is no way out.');
}
