import { type Static, Type } from 'typebox';
import {
  burstSetting,
  codeLifetimeSetting,
  commonSendSettings,
  destinationBudget,
  personBudget,
  refillSetting,
} from '../../mfa/sends/sendSettings.ts';
import { callingCodes } from './callingCodes.ts';

/**
 * How codes go to phones, and how many. The limits are there against toll fraud, where somebody has codes
 * sent to expensive numbers and takes a share of the cost (S-96): the tenant's is the last stop.
 */
export const phoneSettings = Type.Object({
  messageTypes: Type.Array(Type.Union([Type.Literal('sms'), Type.Literal('voice')]), {
    default: ['sms'],
    minItems: 1,
    uniqueItems: true,
    description: 'How a code may come: as a text message, by a call, or as the person chooses.',
  }),
  allowedCountries: Type.Array(
    Type.String({ pattern: `^(?:${[...callingCodes.keys()].join('|')})$`, title: 'a country such as DE' }),
    {
      default: [],
      uniqueItems: true,
      description:
        'ISO codes of the countries whose numbers get codes. None at first, so that nobody pays for countries ' +
        'where they have no users. Numbers enrolled before their country is removed get no codes either.',
    },
  ),
  codeLifetimeSeconds: codeLifetimeSetting,
  backOff: Type.Union([Type.Literal('default'), Type.Literal('exponential')], {
    default: 'default',
    description:
      'What holds back a person who asks for code after code: their budget below, or also a wait that grows ' +
      'from 1 to 32 minutes, at each network address by itself.',
  }),

  sendsPerNumber: burstSetting(
    destinationBudget.burst,
    'to one number at once, whoever asks; as many again for setting up',
  ),
  sendsPerNumberRefillSeconds: refillSetting(destinationBudget.refillSeconds, 'number'),
  sendsPerPrefix: burstSetting(
    100,
    'at once to numbers that differ in the last four digits only; as many again for setting up',
  ),
  sendsPerPrefixRefillSeconds: refillSetting(60, 'prefix'),
  ...commonSendSettings({
    user: personBudget,
    address: { burst: 50, refillSeconds: 60 },
    application: { burst: 1000, refillSeconds: 6 },
    tenant: { burst: 2000, refillSeconds: 3 },
  }),

  conversionLeastSends: Type.Integer({
    default: 50,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Codes sent to one prefix within the window before it is looked at how many came back.',
  }),
  conversionLeastRatio: Type.Number({
    default: 0.2,
    minimum: 0,
    maximum: 1,
    description:
      'Share of them that has to come back. Below it nothing is sent to the prefix for a while: codes that ' +
      'nobody enters are the mark of toll fraud. 0 switches the watch off.',
  }),
  conversionWindowSeconds: Type.Integer({
    default: 3600,
    minimum: 60,
    maximum: 86_400,
    description: 'Length of the window.',
  }),
  conversionPauseSeconds: Type.Integer({
    default: 3600,
    minimum: 60,
    maximum: 604_800,
    description: 'How long nothing is sent to such a prefix.',
  }),
});

export type PhoneSettings = Static<typeof phoneSettings>;
