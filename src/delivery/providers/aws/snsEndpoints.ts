import { DeliveryError, type ProviderTools } from '../provider.ts';
import { askSns, type SnsAccount, type SnsRefusal, wordIn } from './askSns.ts';
import { pushKinds } from './snsPushKinds.ts';

/** Endpoints of devices that are remembered; one that is forgotten is asked for again. */
const mostEndpoints = 10_000;
const existing = /Endpoint (arn:[\w.:/-]{1,500}) already exists with the same Token/;

/**
 * Endpoints of devices with an application, by which SNS knows them. Each is created once, or found, since
 * creating it again finds it; it is kept in memory.
 */
export class SnsEndpoints {
  readonly #tools: ProviderTools;
  readonly #account: SnsAccount;
  readonly #applicationArn: string;
  readonly #arns = new Map<string, string>();

  constructor(tools: ProviderTools, account: SnsAccount, applicationArn: string) {
    this.#tools = tools;
    this.#account = account;
    this.#applicationArn = applicationArn;
  }

  /** ARN of the device's endpoint. @throws DeliveryError; nothing was handed over then. */
  async of(token: string, signal: AbortSignal): Promise<string> {
    const known = this.#arns.get(token);
    if (known !== undefined) return known;
    const arn = await this.#create(token, signal);
    const [oldest] = this.#arns.keys();
    if (this.#arns.size >= mostEndpoints && oldest !== undefined) this.#arns.delete(oldest);
    this.#arns.set(token, arn);
    return arn;
  }

  /** It is there no more, as after somebody tidied up. */
  forget(token: string): void {
    this.#arns.delete(token);
  }

  async #create(token: string, signal: AbortSignal): Promise<string> {
    const fields = {
      Action: 'CreatePlatformEndpoint',
      PlatformApplicationArn: this.#applicationArn,
      Token: token,
    };
    const answer = await this.#ask(fields, signal);
    const found =
      typeof answer === 'string' ? wordIn(answer, 'EndpointArn') : existing.exec(answer.text)?.[1];
    if (found !== undefined) return found;
    throw typeof answer === 'string' ? new DeliveryError('retry', 'unreadable_answer') : answer.error;
  }

  async #ask(fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string | SnsRefusal> {
    try {
      return await askSns(this.#tools, this.#account, fields, { signal, kinds: pushKinds });
    } catch (error) {
      // Without an endpoint nothing was handed over.
      const isUnclear = error instanceof DeliveryError && error.kind === 'unknown';
      throw isUnclear ? new DeliveryError('retry', error.code, { cause: error }) : error;
    }
  }
}
