import { beforeAll, describe, expect, it } from 'vitest';
import {
  asNode,
  type Issued,
  issueCertificate,
  metadataEntry,
  signMetadata,
} from '../../../test/support/metadata.ts';
import { metadataService } from './metadataService.ts';
import { largestMetadata, type Metadata, type MetadataFault, readMetadata } from './readMetadata.ts';

const now = Date.now();
const day = 24 * 60 * 60 * 1000;
const first = '11111111-aaaa-4aaa-8aaa-111111111111';
const second = '22222222-bbbb-4bbb-8bbb-222222222222';

let root: Issued;
let signer: Issued;
let maker: Issued;
beforeAll(async () => {
  root = await issueCertificate('Metadata root');
  signer = await issueCertificate('Metadata signer', { by: root, isAuthority: false });
  maker = await issueCertificate('Key maker');
});

const read = (text: string, at = now) => readMetadata(text, { roots: [asNode(root)] }, at);
const readJson = (document: unknown) => readMetadata(JSON.stringify(document), { roots: [] }, now);

async function metadataOf(reading: Promise<Metadata | { fault: MetadataFault }>): Promise<Metadata> {
  const result = await reading;
  if ('fault' in result) throw new Error(`refused: ${result.fault}`);
  return result;
}

describe('a signed BLOB', () => {
  it('yields its models, and tells what it left out', async () => {
    const entries = [
      metadataEntry(second, 'Second key', {
        roots: [maker],
        statuses: ['FIDO_CERTIFIED', 'FIDO_CERTIFIED_L2'],
      }),
      metadataEntry(first.toUpperCase(), 'First\n\tkey \u202e', { statuses: [] }),
      { attestationCertificateKeyIdentifiers: ['aa'], metadataStatement: { description: 'U2F' } },
      { aaid: '0001#0001', metadataStatement: { description: 'UAF' } },
      'nonsense',
    ];
    expect(await metadataOf(read(await signMetadata(entries, [signer])))).toEqual({
      isSigned: true,
      models: [
        { aaguid: first, description: 'First key', roots: [], isCompromised: false },
        {
          aaguid: second,
          description: 'Second key',
          roots: [maker.der],
          isCompromised: false,
          certification: 'FIDO_CERTIFIED_L2',
        },
      ],
      skipped: { noAaguid: 2, unreadable: 1 },
      unreadableRoots: 0,
      issue: 7,
      nextUpdate: '2099-01-01',
    });
  });

  it('of 10 MB is read within seconds', async () => {
    const icon = `data:image/png;base64,${'A'.repeat(30_000)}`;
    const entries = Array.from({ length: 330 }, (_, i) => {
      const entry = metadataEntry(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, `Key ${i}`, {
        roots: [maker],
      });
      return { ...entry, metadataStatement: { ...entry.metadataStatement, icon } };
    });
    const blob = await signMetadata(entries, [signer]);
    expect(blob.length).toBeGreaterThan(10_000_000);
    const started = performance.now();
    const { models } = await metadataOf(read(`${blob}\n`));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(models).toHaveLength(330);
    expect(JSON.stringify(models).length).toBeLessThan(400_000);
  });
});

describe('S-58 a BLOB is refused', () => {
  const entries = [metadataEntry(first, 'First key')];

  it('whose signature or content was altered', async () => {
    const [header, content, signature] = (await signMetadata(entries, [signer])).split('.');
    const [, other] = (await signMetadata([metadataEntry(second, 'Second')], [signer])).split('.');
    expect(await read(`${header}.${other}.${signature}`)).toEqual({ fault: 'signature' });
    expect(await read(`${header}.${content}.`)).toEqual({ fault: 'signature' });
  });

  it('whose header names no signature, or one that a shared key makes', async () => {
    const [, content, signature] = (await signMetadata(entries, [signer])).split('.');
    for (const alg of ['none', 'HS256']) {
      const header = Buffer.from(JSON.stringify({ alg, x5c: [signer.der] })).toString('base64url');
      expect(await read(`${header}.${content}.${signature}`)).toEqual({ fault: 'signature' });
    }
  });

  it('signed with a key that no root vouches for', async () => {
    const stranger = await issueCertificate('Metadata signer', {
      by: await issueCertificate('Metadata root'),
    });
    expect(await read(await signMetadata(entries, [stranger]))).toEqual({ fault: 'signer' });
    expect(await read(await signMetadata(entries, [{ ...signer, keys: stranger.keys }]))).toEqual({
      fault: 'signature',
    });
  });

  it('whose certificate is not valid now', async () => {
    expect(await read(await signMetadata(entries, [signer]), now + 2 * day)).toEqual({ fault: 'signer' });
  });

  it('without certificates, or with some that are none', async () => {
    const [, content, signature] = (await signMetadata(entries, [signer])).split('.');
    for (const x5c of [undefined, [], ['AAAA'], 'AAAA', [7]]) {
      const header = Buffer.from(JSON.stringify({ alg: 'ES256', x5c })).toString('base64url');
      expect(await read(`${header}.${content}.${signature}`)).toEqual({ fault: 'not_metadata' });
    }
  });

  it('signed by somebody with another name, where one is demanded', async () => {
    const host = 'mds.fidoalliance.org';
    const demanded = { roots: [asNode(root)], host };
    const named = await issueCertificate('Another', { by: root, host });
    expect(await readMetadata(await signMetadata(entries, [named]), demanded, now)).toMatchObject({
      isSigned: true,
    });
    for (const other of ['example.com', `${host}.example.com`]) {
      const certificate = await issueCertificate(other, { by: root, host: other });
      const blob = await signMetadata(entries, [certificate]);
      expect(await readMetadata(blob, demanded, now)).toEqual({ fault: 'signer' });
    }
  });

  it('that the FIDO Metadata Service did not sign, where it should have', async () => {
    expect(metadataService().roots).toHaveLength(2);
    const named = await issueCertificate('mds', { by: root, host: 'mds.fidoalliance.org' });
    const blob = await signMetadata(entries, [named, root]);
    expect(await readMetadata(blob, metadataService(), now)).toEqual({ fault: 'signer' });
  });
});

describe('an operator’s own file', () => {
  const statement = { aaguid: first, description: 'Our key', attestationRootCertificates: [] };

  it.each([
    ['a statement', statement],
    ['a list of statements', [statement]],
    ['entries of the service', { entries: [{ aaguid: first, metadataStatement: statement }] }],
  ])('may be %s', async (_name, document) => {
    const { isSigned, models } = await metadataOf(readJson(document));
    expect(isSigned).toBe(false);
    expect(models).toEqual([{ aaguid: first, description: 'Our key', roots: [], isCompromised: false }]);
  });

  it('may wrap certificates in lines; what is no certificate is left out and counted', async () => {
    const wrapped = maker.der.replace(/(.{64})/g, '$1\n  ');
    const { models, unreadableRoots } = await metadataOf(
      readJson({ ...statement, attestationRootCertificates: [wrapped, 'AAAA', 5] }),
    );
    expect(models[0]?.roots).toEqual([maker.der]);
    expect(unreadableRoots).toBe(2);
  });

  it('that tells of a model twice keeps all its roots, and any report of compromise', async () => {
    const one = metadataEntry(first, 'One', { roots: [maker], statuses: ['REVOKED'] });
    const two = metadataEntry(first, 'Two', { roots: [root, maker] });
    for (const pair of [
      [one, two],
      [two, one],
    ]) {
      const { models } = await metadataOf(readJson(pair));
      expect(models).toHaveLength(1);
      expect(models[0]).toMatchObject({
        description: pair[0]?.metadataStatement.description,
        isCompromised: true,
      });
      expect(models[0]?.roots.toSorted()).toEqual([maker.der, root.der].toSorted());
    }
  });

  it.each([
    '[]',
    '{}',
    '[null, 5, [[]]]',
    '{"entries": "x"}',
    '{"aaguid": "00000000-0000-0000-0000-000000000000"}',
  ])('without a model is refused: %s', async (text) => {
    expect(await readMetadata(text, { roots: [] }, now)).toEqual({ fault: 'no_models' });
  });

  it.each(['', '{', '[1', 'null', 'hello', 'a.b.c', '[{"aaguid":'.repeat(50_000), '\u0000'])(
    'that is none is refused: %.20j',
    async (text) => {
      expect(await readMetadata(text, { roots: [] }, now)).toEqual({ fault: 'not_metadata' });
    },
  );

  it('over 64 MB is refused unread', async () => {
    expect(await readMetadata('['.repeat(largestMetadata + 1), { roots: [] }, now)).toEqual({
      fault: 'too_large',
    });
  });
});

describe('S-58 a model counts as compromised', () => {
  const isCompromised = async (...statuses: string[]) => {
    const { models } = await metadataOf(readJson([metadataEntry(first, 'Key', { statuses })]));
    return models[0]?.isCompromised;
  };

  it.each([
    'REVOKED',
    'USER_VERIFICATION_BYPASS',
    'ATTESTATION_KEY_COMPROMISE',
    'USER_KEY_REMOTE_COMPROMISE',
    'USER_KEY_PHYSICAL_COMPROMISE',
  ])('after the report %s, whatever came before and later', async (status) => {
    expect(await isCompromised('FIDO_CERTIFIED', status, 'UPDATE_AVAILABLE', 'FIDO_CERTIFIED_L2')).toBe(true);
  });

  it('and not after others', async () => {
    expect(await isCompromised('NOT_FIDO_CERTIFIED', 'UPDATE_AVAILABLE', 'SELF_ASSERTION_SUBMITTED')).toBe(
      false,
    );
  });

  it('even where the entry has no statement', async () => {
    const { models } = await metadataOf(
      readJson([{ aaguid: first, statusReports: [{ status: 'REVOKED' }] }]),
    );
    expect(models).toEqual([{ aaguid: first, description: first, roots: [], isCompromised: true }]);
  });
});
