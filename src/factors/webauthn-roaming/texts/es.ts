import { es as common } from '../../webauthn/texts/es.ts';
import type { RoamingTexts } from './en.ts';

const names = { authenticatorNamesWebauthnRoaming: 'Llave de seguridad' };

/** Spanish texts of the security-key screens. */
export const es: RoamingTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Resiste el phishing. Necesitas una pequeña llave para conectar o acercar.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-roaming-enrollment': {
      ...common.ceremony,
      pageTitle: 'Configura tu llave de seguridad · ${clientName}',
      title: 'Configura tu llave de seguridad',
      description:
        'Una llave de seguridad es un pequeño dispositivo que demuestra que eres tú con solo tocarla. Responde únicamente al sitio auténtico: una página falsa no obtiene nada de ella.',
      instructions1: 'Ten la llave a mano: de las que se conectan o de las que se acercan al teléfono.',
      instructions2: 'Pulsa el botón. Tu navegador te pedirá la llave en una ventana propia.',
      instructions3: 'Conecta la llave o acércala, y tócala. Si se te pide un PIN, es el de la llave.',
      continueButtonText: 'Usar una llave de seguridad',
      'webauthn-cancelled-error':
        'No se ha configurado ninguna llave: se cerró la ventana o se agotó el tiempo. Ten la llave a mano e inténtalo de nuevo.',
      'webauthn-associate-error': 'No se ha podido configurar esta llave. Inténtalo de nuevo o usa otra.',
      'webauthn-known-error': 'Esta llave ya está configurada en tu cuenta. Usa otra.',
    },
    'mfa-webauthn-roaming-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Ten a mano tu llave de seguridad y pulsa el botón. Tu navegador te pedirá que la conectes o la acerques, y que la toques.',
      continueButtonText: 'Usar tu llave de seguridad',
      'webauthn-cancelled-error':
        'La llave no ha respondido: se cerró la ventana, se agotó el tiempo o no es una llave configurada en esta cuenta. Inténtalo de nuevo o elige otro método.',
      'webauthn-challenge-error':
        'No ha funcionado. Usa una llave que hayas configurado en esta cuenta y tócala cuando el navegador lo pida.',
    },
    'mfa-webauthn-change-key-nickname': {
      pageTitle: 'Ponle nombre a tu llave · ${clientName}',
      title: 'Tu llave está configurada',
      description:
        'Ponle un nombre para reconocerla. Una segunda llave, guardada en un lugar seguro, te ayudará si pierdes esta.',
      nickname: 'Nombre de la llave',
      buttonText: 'Continuar',
      addAnotherText: 'Configurar otra llave',
      'nickname-too-short': 'Escribe un nombre para la llave.',
      'nickname-too-long': 'Un nombre tiene como máximo 50 caracteres.',
    },
  },
};
