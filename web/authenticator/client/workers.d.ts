/** The few parts of a service worker's global scope that are used; the types of pages don't have them. */
interface ServiceWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<WindowClient[]>;
    openWindow(path: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof ServiceWorkerEvents>(
    name: Name,
    listener: (event: ServiceWorkerEvents[Name]) => void,
  ): void;
}

interface ServiceWorkerEvents {
  install: LifeEvent;
  activate: LifeEvent;
  message: MessageEvent;
  fetch: LifeEvent & { request: Request; respondWith(answer: Promise<Response>): void };
  push: LifeEvent & { data: PushData | null };
  pushsubscriptionchange: LifeEvent;
  notificationclick: LifeEvent & { notification: Notification };
}

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface PushData {
  json(): { dai?: unknown };
}

interface WindowClient {
  readonly url: string;
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
