const prefix = 'urn:countersign:audience:';

/**
 * The resource indicator that stands for an audience inside oidc-provider. Auth0's identifiers are any
 * text; RFC 8707 wants an absolute URI without fragment, so every other one travels as a URN.
 */
export function audienceToResource(audience: string): string {
  const isUri = URL.canParse(audience) && !audience.includes('#') && !audience.startsWith(prefix);
  return isUri ? audience : prefix + encodeURIComponent(audience);
}

/** The audience that a resource indicator stands for. */
export function resourceToAudience(resource: string): string {
  if (!resource.startsWith(prefix)) return resource;
  try {
    return decodeURIComponent(resource.slice(prefix.length));
  } catch {
    return resource;
  }
}
