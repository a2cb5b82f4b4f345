/** One method at one address below `/api/v2`. */
export interface Endpoint {
  method: string;
  /** As in `/guardian/enrollments/{id}`. */
  path: string;
}

/** By which two are the same, whatever their parameters are called. */
export function keyOf({ method, path }: Endpoint): string {
  return `${method} ${path.replace(/\{\w+\}/g, '{}')}`;
}
