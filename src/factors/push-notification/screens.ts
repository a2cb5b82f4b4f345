import type { Block, FactorScreens } from '../../mfa/screens.ts';
import { methodListBlocks } from '../../mfa/sends/sentCodeBlocks.ts';

const setUp: Block = {
  kind: 'waiting',
  waitingText: 'waitingText',
  pendingText: 'enrollment-transaction-pending',
  replacedText: 'transaction-replaced',
  tooFastText: 'polling-interval-exceeded',
};

/** Another ticket, once the one that was shown can't be used any more. */
const renew: Block = { kind: 'renew', text: 'renewText' };

/**
 * The hosted screens of requests to a device. Enrolment has two: the QR code for another device, and the link for
 * the one in use, which comes first on a phone because a phone can't scan its own screen.
 */
export const pushScreens: FactorScreens = {
  nameText: 'authenticatorNamesPushNotification',
  icon: 'request',
  screens: [
    {
      id: 'mfa-push-enrollment-qr',
      prompt: 'mfa-push',
      step: 'enrolment',
      suits: 'desktop',
      alternate: 'mfa-push-enrollment-code',
      expiredText: 'transaction-not-found',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'steps', texts: ['cameraText', 'confirmText'], source: 'cameraUri' },
        { kind: 'qr', source: 'cameraUri', altText: 'altText' },
        { kind: 'steps', texts: ['openAppText', 'scanText'], source: 'scannedUri' },
        { kind: 'qr', source: 'scannedUri', altText: 'altText' },
        setUp,
        { kind: 'submit' },
        renew,
        { kind: 'toggle-view', to: 'mfa-push-enrollment-code', text: 'codeEnrollmentText' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-push-enrollment-code',
      prompt: 'mfa-push',
      step: 'enrolment',
      suits: 'phone',
      alternate: 'mfa-push-enrollment-qr',
      expiredText: 'transaction-not-found',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'picture', name: 'request' },
        { kind: 'app-link', source: 'appUri', text: 'appLinkText' },
        setUp,
        { kind: 'submit' },
        renew,
        { kind: 'copy-link', source: 'barcodeUri', lead: 'linkText', text: 'copyLinkText' },
        { kind: 'toggle-view', to: 'mfa-push-enrollment-qr', text: 'backText' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-push-challenge-push',
      prompt: 'mfa-push',
      step: 'challenge',
      tooManyText: 'too-many-push',
      unavailableText: 'mfa-push-challenge-authenticator-error',
      expiredText: 'transaction-not-found',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'hint', source: 'notWoken', text: 'notWokenText' },
        { kind: 'number', source: 'number', text: 'numberText' },
        {
          kind: 'waiting',
          waitingText: 'waitingText',
          pendingText: 'challenge-transaction-pending',
          deniedText: 'transaction-rejected',
          mismatchedText: 'wrong-number',
          replacedText: 'transaction-replaced',
          tooFastText: 'polling-interval-exceeded',
        },
        { kind: 'remember-browser' },
        { kind: 'submit' },
        { kind: 'resend', lead: 'resendText', text: 'resendActionText' },
        { kind: 'device-codes', lead: 'separatorText', text: 'enterOtpCode' },
        { kind: 'pick-method', text: 'pickDeviceText' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-push-list',
      prompt: 'mfa-push',
      step: 'pick-method',
      blocks: methodListBlocks,
    },
  ],
};
