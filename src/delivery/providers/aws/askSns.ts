import { type ErrorKinds, refusalOf } from '../callProvider.ts';
import { joinUrl } from '../joinUrl.ts';
import type { DeliveryError, ProviderTools } from '../provider.ts';
import { awsKinds, callAws } from './awsAccount.ts';

/** Whose SNS it is. */
export interface SnsAccount {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** In place of that of the region. */
  baseUrl?: string | undefined;
}

/** SNS refused. The answer's text is for finding a name in it, never for logs. */
export interface SnsRefusal {
  error: DeliveryError;
  text: string;
}

/**
 * One action of SNS's query protocol.
 *
 * @returns the XML of the answer, or the refusal.
 * @throws DeliveryError when there is no answer.
 */
export async function askSns(
  tools: ProviderTools,
  { region, credentials, baseUrl }: SnsAccount,
  fields: Readonly<Record<string, string>>,
  { signal, kinds = awsKinds }: { signal: AbortSignal; kinds?: ErrorKinds },
): Promise<string | SnsRefusal> {
  const answer = await callAws(tools, {
    service: 'sns',
    region,
    credentials,
    url: joinUrl(baseUrl ?? `https://sns.${region}.amazonaws.com`, ''),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ Version: '2010-03-31', ...fields }).toString(),
    signal,
  });
  const text = answer.body.toString();
  if (answer.status === 200) return text;
  return { error: refusalOf(answer, tools.clock(), wordIn(text, 'Code'), kinds), text };
}

/** The text of the first element of a name, if it is a plain word or an ARN. */
export function wordIn(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([\\w.:/-]{1,600})</${name}>`).exec(xml)?.[1];
}

/** Attributes of a message as form fields, numbered from one; those without a value are left out. */
export function messageAttributes(
  attributes: readonly (readonly [name: string, type: 'String' | 'Number', value: string | undefined])[],
): Record<string, string> {
  const given = attributes.filter(([, , value]) => value !== undefined);
  return Object.fromEntries(
    given.flatMap(([name, type, value = ''], index) => {
      const entry = `MessageAttributes.entry.${index + 1}`;
      return [
        [`${entry}.Name`, name],
        [`${entry}.Value.DataType`, type],
        [`${entry}.Value.StringValue`, value],
      ];
    }),
  );
}
