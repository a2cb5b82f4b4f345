import type { DuoTexts } from './en.ts';

const names = { authenticatorNamesDUO: 'Cisco Duo' };

const commonFields = {
  buttonText: 'Continuar a Duo',
  leavingTitle: 'Te llevamos a Duo',
  leavingText: 'Vas a la página de Cisco Duo…',
  pickAuthenticatorText: 'Probar otro método',
  'duo-unavailable': 'Ahora mismo no podemos contactar con Duo. Inténtalo otra vez dentro de unos minutos.',
};

/** Spanish texts of the screens before and after Duo's page. */
export const es: DuoTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Lo apruebas con Duo, como lo configuró tu organización.',
    },
  },
  'mfa-duo': {
    'mfa-duo-enrollment': {
      pageTitle: 'Configura Duo · ${clientName}',
      title: 'Protege tu cuenta',
      description:
        'Aquí confirmas los inicios de sesión con Cisco Duo. Su página te guía por la configuración y te trae de vuelta.',
      'duo-denied':
        'Duo no ha confirmado la configuración. Inténtalo otra vez; si no funciona, pregunta a tu soporte.',
      ...commonFields,
    },
    'mfa-duo-challenge': {
      pageTitle: 'Confirma con Duo · ${clientName}',
      title: '¿Eres tú de verdad?',
      description: 'Cisco Duo lo confirma en una página propia y te trae de vuelta.',
      'duo-denied':
        'Duo no ha confirmado este inicio de sesión. Inténtalo otra vez; si no funciona, pregunta a tu soporte.',
      ...commonFields,
    },
  },
};
