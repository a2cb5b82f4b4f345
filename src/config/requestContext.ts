/** Who is asking: carried from an HTTP surface into the parts that limit, log and notify. */
export interface RequestContext {
  /** Client address as judged by the trusted-proxy settings, canonical form. */
  ip: string;
  userAgent: string;
  /** BCP 47 tag the person's messages should be written in. */
  language?: string;
}
