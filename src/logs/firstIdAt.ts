/** Below the id of every event that is logged at this time (epoch milliseconds) or later: ids begin with their time (`newId`). */
export function firstIdAt(time: number): string {
  return `log_${time.toString(16).padStart(12, '0')}`;
}
