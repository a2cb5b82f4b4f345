import type { PushWording } from '../push/pushMessages.ts';
import { readPushTarget } from '../push/pushTarget.ts';
import { UndeliverableError } from '../undeliverableError.ts';
import { browserName } from './browserName.ts';
import { messageLanguage } from './emailTexts.ts';
import { placeOf, type Sender } from './messageValues.ts';
import { plainName } from './plainName.ts';
import { pushText } from './pushTexts.ts';

/** Of the tenant's name and of a place. */
const longestName = 40;

/**
 * Puts requests to devices into words. Of the browser only names of a list are told, never its own text, and
 * the application not at all: the device fetches what its person has to see (S-52, S-53). `publicUrl` is where
 * the device answers; `sender` is asked for each message.
 */
export function createPushWording(parts: { publicUrl: string; sender: () => Promise<Sender> }): PushWording {
  const serverUrl = new URL(parts.publicUrl).origin;
  return async (request, envelope) => {
    const { deviceId, requestToken, challenge, consentId, startedAt, expiresAt } = request;
    const target = readPushTarget(request.channel, request.target);
    if (target === undefined) throw new UndeliverableError('the address of the device has not the form');
    const sender = await parts.sender();
    const language = messageLanguage(request.locale, sender.enabledLocales);
    const place = plainName(placeOf(request.requestInfo, language) ?? '', longestName);
    return {
      ...envelope,
      ...{ target, deviceId, requestToken, challenge, consentId, startedAt, expiresAt, serverUrl },
      source: browserName(request.requestInfo.userAgent),
      ...(place !== '' && { place }),
      title: plainName(sender.friendlyName, longestName),
      body: pushText(language),
    };
  };
}
