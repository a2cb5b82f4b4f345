/** One request to a configurable address. */
export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute. https, unless plain http is permitted for this origin or in development. */
  url: string | URL;
  /** Without Host and Content-Length, which follow from the URL and the body. */
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Ends the request early. */
  signal?: AbortSignal;
}

/** The whole answer, whatever its status: a redirect is an answer and is not followed. */
export interface OutboundResponse {
  status: number;
  /** By name in lower case; several of one name are joined by commas. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** The one way out to addresses that somebody configured (S-92). Each request is a connection of its own. */
export interface OutboundClient {
  /** @throws OutboundError */
  request(request: OutboundRequest): Promise<OutboundResponse>;
}
