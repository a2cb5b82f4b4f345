import type { Clock } from '../config/clock.ts';
import type { Database } from '../database/database.ts';
import { type Breaker, readBreakers, standOf, takeTrial } from './breaker.ts';
import type { Channel } from './channel.ts';
import type { Claim } from './queue.ts';
import type { FindRoutes, Route } from './route.ts';

/** What routes are chosen with. */
export interface RouteChoiceParts {
  database: Database;
  clock: Clock;
  routes: FindRoutes;
}

/** The routes of a channel as they stand at one moment, less what was chosen since. */
export class RouteChoice {
  readonly #parts: RouteChoiceParts;
  readonly #routes: readonly Route[];
  readonly #breakers: Map<string, Breaker>;
  readonly #roomBefore: (route: Route) => number;
  readonly #chosen = new Map<string, number>();

  private constructor(
    parts: RouteChoiceParts,
    routes: readonly Route[],
    breakers: Map<string, Breaker>,
    roomAt: (route: Route) => number,
  ) {
    this.#parts = parts;
    this.#routes = routes;
    this.#breakers = breakers;
    this.#roomBefore = roomAt;
  }

  static async of(
    parts: RouteChoiceParts,
    channel: Channel,
    roomAt: (route: Route) => number,
  ): Promise<RouteChoice> {
    const routes = await parts.routes(channel);
    const ids = routes.map(({ id }) => id);
    return new RouteChoice(parts, routes, await readBreakers(parts.database.db, ids), roomAt);
  }

  /** How many messages could begin now. */
  room(): number {
    let room = 0;
    for (const route of this.#routes) {
      const stand = this.#standOf(route);
      if (stand === 'closed') room += Math.max(0, this.#roomAt(route));
      if (stand === 'due' && this.#roomAt(route) > 0) room += 1;
    }
    return room;
  }

  /** The first with room that is well or may be tried; who failed with this message last comes last. */
  async routeFor({ provider_id }: Claim): Promise<Route | undefined> {
    const { database, clock } = this.#parts;
    const inOrder = [
      ...this.#routes.filter(({ id }) => id !== provider_id),
      ...this.#routes.filter(({ id }) => id === provider_id),
    ];
    for (const route of inOrder) {
      const stand = this.#standOf(route);
      if (stand === 'open' || this.#roomAt(route) <= 0) continue;
      if (stand === 'closed') return this.#choose(route);
      const isTaken = await takeTrial(database.db, clock, route.id);
      // Whoever has the trial: nobody else of this batch needs to ask.
      this.#close(route);
      if (isTaken) return this.#choose(route);
    }
    return undefined;
  }

  /** Another one that is well. */
  otherThan(route: Route): Route | undefined {
    return this.#routes.find((other) => other.id !== route.id && this.#standOf(other) === 'closed');
  }

  #roomAt(route: Route): number {
    return this.#roomBefore(route) - (this.#chosen.get(route.id) ?? 0);
  }

  #choose(route: Route): Route {
    this.#chosen.set(route.id, (this.#chosen.get(route.id) ?? 0) + 1);
    return route;
  }

  #standOf(route: Route): ReturnType<typeof standOf> {
    return route.isWatched ? standOf(this.#breakers.get(route.id), this.#parts.clock()) : 'closed';
  }

  #close(route: Route): void {
    const breaker = this.#breakers.get(route.id);
    if (breaker) this.#breakers.set(route.id, { ...breaker, state: 'half-open', retry_at: Infinity });
  }
}
