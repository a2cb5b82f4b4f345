import { describe, expect, it } from 'vitest';
import { prepareCeremonies } from '../../test/support/ceremonies.ts';
import { parseAssertion } from './parseAssertion.ts';
import { parseCreation } from './parseCreation.ts';

const { answerCreation, answerRequest, registered } = prepareCeremonies({ attachment: 'platform' });
const creation = answerCreation().response;
const assertion = answerRequest(await registered()).response;

describe('the answer of a browser', () => {
  it('is read from the text of a form field and from an object', () => {
    expect(parseCreation(JSON.stringify(creation))).toEqual(creation);
    expect(parseCreation(creation)).toEqual(creation);
    expect(parseAssertion(JSON.stringify(assertion))).toEqual(assertion);
    expect(parseAssertion(assertion)).toEqual(assertion);
  });

  it('S-59 gives nothing but what is judged: no copy of the key, no extension', () => {
    const extra = {
      clientExtensionResults: { appid: true },
      response: {
        ...creation.response,
        publicKey: 'AAAA',
        authenticatorData: 'AAAA',
        publicKeyAlgorithm: -7,
      },
      credential: { publicKey: 'AAAA' },
    };
    expect(parseCreation({ ...creation, ...extra })).toEqual(creation);
  });

  it('may lack what browsers may leave out', () => {
    const { transports: _, ...response } = creation.response;
    const { authenticatorAttachment: __, ...rest } = creation;
    expect(parseCreation({ ...rest, response })).toMatchObject({ response: { transports: [] } });
    expect(parseCreation({ ...creation, authenticatorAttachment: null })).not.toHaveProperty(
      'authenticatorAttachment',
    );
    expect(parseCreation({ ...creation, authenticatorAttachment: 'orbital' })).not.toHaveProperty(
      'authenticatorAttachment',
    );
    for (const userHandle of [undefined, null, '']) {
      const answer = parseAssertion({ ...assertion, response: { ...assertion.response, userHandle } });
      expect(answer?.response).not.toHaveProperty('userHandle');
    }
  });

  it('keeps transports of later specifications, each once', () => {
    const transports = ['usb', 'smart-card', 'usb', 'telepathy'];
    const answer = parseCreation({ ...creation, response: { ...creation.response, transports } });
    expect(answer?.response.transports).toEqual(['usb', 'smart-card', 'telepathy']);
  });

  it('may have an id of 1023 bytes', () => {
    const id = Buffer.alloc(1023, 7).toString('base64url');
    expect(parseCreation({ ...creation, id, rawId: id })?.id).toBe(id);
  });
});

describe('S-13 an answer of another form is none', () => {
  const tooLong = Buffer.alloc(1024, 7).toString('base64url');
  const huge = Buffer.alloc(64 * 1024 + 1).toString('base64url');
  const texts = [
    undefined,
    null,
    0,
    true,
    [],
    {},
    [''],
    '',
    ' ',
    'null',
    '[]',
    '"x"',
    '{',
    '{"id":',
    '\0',
    'x'.repeat(1_000_000),
    '['.repeat(60_000),
  ];

  it.each(texts)('%j', (input) => {
    expect(parseCreation(input)).toBeUndefined();
    expect(parseAssertion(input)).toBeUndefined();
  });

  it('a text of more than 64 KB, whatever it holds', () => {
    const filled = (answer: object, bytes: number) => JSON.stringify({ ...answer, fill: 'x'.repeat(bytes) });
    expect(parseCreation(filled(creation, 60_000))).toEqual(creation);
    expect(parseCreation(filled(creation, 65_536))).toBeUndefined();
    expect(parseAssertion(filled(assertion, 65_536))).toBeUndefined();
  });

  it.each<Record<string, unknown>>([
    { id: undefined },
    { id: '', rawId: '' },
    { id: 7, rawId: 7 },
    { id: [creation.id], rawId: [creation.id] },
    { id: `${creation.id}=`, rawId: `${creation.id}=` },
    { id: ` ${creation.id}`, rawId: ` ${creation.id}` },
    { id: 'A', rawId: 'A' },
    { id: 'AB', rawId: 'AB' },
    { id: 'a+/b', rawId: 'a+/b' },
    { id: tooLong, rawId: tooLong },
    { rawId: 'AAAA' },
    { rawId: undefined },
    { type: 'password' },
    { type: undefined },
    { authenticatorAttachment: 1 },
    { authenticatorAttachment: {} },
    { response: null },
    { response: [] },
    { response: 'x' },
  ])('with %j', (change) => {
    expect(parseCreation({ ...creation, ...change })).toBeUndefined();
    expect(parseAssertion({ ...assertion, ...change })).toBeUndefined();
  });

  it.each<Record<string, unknown>>([
    { clientDataJSON: undefined },
    { clientDataJSON: {} },
    { clientDataJSON: 'not base64' },
    { attestationObject: undefined },
    { attestationObject: [1, 2] },
    { attestationObject: huge },
    { transports: 'usb' },
    { transports: [1] },
    { transports: ['<script>'] },
    { transports: ['x'.repeat(33)] },
    { transports: Array.from({ length: 17 }, (_, i) => `t${i}`) },
  ])('of a registration with %j', (change) => {
    expect(parseCreation({ ...creation, response: { ...creation.response, ...change } })).toBeUndefined();
  });

  it.each<Record<string, unknown>>([
    { clientDataJSON: null },
    { authenticatorData: undefined },
    { authenticatorData: huge },
    { signature: undefined },
    { signature: 'AAAA==' },
    { signature: { length: 1 } },
    { userHandle: 5 },
    { userHandle: 'AB' },
    { userHandle: Buffer.alloc(65).toString('base64url') },
  ])('of an assertion with %j', (change) => {
    expect(parseAssertion({ ...assertion, response: { ...assertion.response, ...change } })).toBeUndefined();
  });
});
