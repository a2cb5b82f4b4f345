import type { Block, FactorScreens, Screen } from '../../mfa/screens.ts';
import { challengeBlocks, codeInput, methodListBlocks, resend } from '../../mfa/sends/sentCodeBlocks.ts';

const askedNumber: readonly Block[] = [
  { kind: 'title' },
  { kind: 'description' },
  {
    kind: 'input',
    typed: {
      field: 'phone',
      member: 'phone_number',
      text: 'placeholder',
      type: 'tel',
      inputMode: 'tel',
      autocomplete: 'tel',
    },
    list: { field: 'country', text: 'countryPlaceholder', autocomplete: 'country' },
    emptyText: 'no-phone',
    malformedText: 'invalid-phone',
    refusedText: 'phone-not-allowed',
  },
];

/** Says which choice is the weaker one (S-48). */
const restricted: Block = { kind: 'hint', text: 'restrictedText' };

/** What the screens of a code have by its channel. */
const channelScreens = [
  {
    screen: {
      id: 'mfa-sms-challenge',
      prompt: 'mfa-sms',
      channels: ['sms'],
      tooManyText: 'too-many-sms',
      unavailableText: 'sms-authenticator-error',
      expiredText: 'invalid-expired-code',
    },
    switchChannel: {
      kind: 'switch-channel',
      to: 'voice',
      lead: 'resendVoiceActionSeparatorTextBefore',
      text: 'resendVoiceActionText',
    },
  },
  {
    screen: {
      id: 'mfa-voice-challenge',
      prompt: 'mfa-voice',
      channels: ['voice'],
      tooManyText: 'too-many-voice',
      unavailableText: 'voice-authenticator-error',
      expiredText: 'invalid-expired-code',
    },
    switchChannel: {
      kind: 'switch-channel',
      to: 'sms',
      lead: 'resendSmsActionSeparatorTextBefore',
      text: 'resendSmsActionText',
    },
  },
] as const;

/**
 * The hosted screens of the phone. The number is asked for on the screen that fits the channels that are on;
 * the code is entered on the screen of the channel it went by, at an enrolment and at a challenge alike.
 */
export const phoneScreens: FactorScreens = {
  nameText: 'authenticatorNamesPhone',
  nameTextOfChannel: { sms: 'authenticatorNamesSMS', voice: 'authenticatorNamesVoice' },
  icon: 'phone',
  screens: [
    {
      id: 'mfa-phone-enrollment',
      prompt: 'mfa-phone',
      step: 'input',
      channels: ['sms', 'voice'],
      tooManyText: 'too-many-sms',
      blocks: [
        ...askedNumber,
        {
          kind: 'channel-choice',
          field: 'type',
          text: 'chooseMessageTypeText',
          options: [
            { value: 'sms', text: 'smsButtonText' },
            { value: 'voice', text: 'voiceButtonText' },
          ],
        },
        restricted,
        { kind: 'submit', text: 'continueButtonText' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-sms-enrollment',
      prompt: 'mfa-sms',
      step: 'input',
      channels: ['sms'],
      tooManyText: 'too-many-sms',
      blocks: [...askedNumber, restricted, { kind: 'submit' }, { kind: 'pick-authenticator' }],
    },
    {
      id: 'mfa-voice-enrollment',
      prompt: 'mfa-voice',
      step: 'input',
      channels: ['voice'],
      tooManyText: 'too-many-voice',
      blocks: [...askedNumber, restricted, { kind: 'submit' }, { kind: 'pick-authenticator' }],
    },
    ...channelScreens.flatMap(({ screen, switchChannel }): Screen[] => [
      {
        ...screen,
        step: 'enrolment',
        blocks: [
          { kind: 'title' },
          { kind: 'description' },
          codeInput,
          { kind: 'submit' },
          resend,
          switchChannel,
          { kind: 'edit-input', text: 'editText' },
          { kind: 'pick-authenticator' },
        ],
      },
      {
        ...screen,
        step: 'challenge',
        blocks: [
          ...challengeBlocks,
          switchChannel,
          { kind: 'pick-method', text: 'changePhoneText' },
          { kind: 'pick-authenticator' },
        ],
      },
    ]),
    {
      id: 'mfa-sms-list',
      prompt: 'mfa-sms',
      step: 'pick-method',
      blocks: methodListBlocks,
    },
  ],
};
