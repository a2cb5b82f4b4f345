import { pt as common } from '../../webauthn/texts/pt.ts';
import type { RoamingTexts } from './en.ts';

const names = { authenticatorNamesWebauthnRoaming: 'Chave de segurança' };

/** Portuguese texts of the security-key screens. */
export const pt: RoamingTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Resiste a phishing. Você precisa de uma pequena chave para conectar ou aproximar.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-roaming-enrollment': {
      ...common.ceremony,
      pageTitle: 'Configure sua chave de segurança · ${clientName}',
      title: 'Configure sua chave de segurança',
      description:
        'Uma chave de segurança é um pequeno dispositivo que prova que é você com um toque. Ela só responde ao site verdadeiro: uma página falsa não consegue nada dela.',
      instructions1: 'Tenha a chave em mãos: uma de conectar ou uma de aproximar do celular.',
      instructions2: 'Aperte o botão. Seu navegador vai pedir a chave em uma janela própria.',
      instructions3: 'Conecte ou aproxime a chave e toque nela. Se for pedido um PIN, é o da própria chave.',
      continueButtonText: 'Usar uma chave de segurança',
      'webauthn-cancelled-error':
        'Nenhuma chave foi configurada: a janela foi fechada ou o tempo acabou. Tenha a chave em mãos e tente de novo.',
      'webauthn-associate-error': 'Não foi possível configurar esta chave. Tente de novo ou use outra.',
      'webauthn-known-error': 'Esta chave já está configurada na sua conta. Use outra.',
    },
    'mfa-webauthn-roaming-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Tenha sua chave de segurança em mãos e aperte o botão. Seu navegador vai pedir que você a conecte ou aproxime e toque nela.',
      continueButtonText: 'Usar sua chave de segurança',
      'webauthn-cancelled-error':
        'A chave não respondeu: a janela foi fechada, o tempo acabou ou ela não é uma chave configurada nesta conta. Tente de novo ou escolha outro método.',
      'webauthn-challenge-error':
        'Não deu certo. Use uma chave que você configurou para esta conta e toque nela quando o navegador pedir.',
    },
    'mfa-webauthn-change-key-nickname': {
      pageTitle: 'Dê um nome à sua chave · ${clientName}',
      title: 'Sua chave está configurada',
      description:
        'Dê um nome a ela, para reconhecê-la. Uma segunda chave, guardada em lugar seguro, ajuda se você perder esta.',
      nickname: 'Nome da chave',
      buttonText: 'Continuar',
      addAnotherText: 'Configurar outra chave',
      'nickname-too-short': 'Digite um nome para a chave.',
      'nickname-too-long': 'Um nome tem no máximo 50 caracteres.',
    },
  },
};
