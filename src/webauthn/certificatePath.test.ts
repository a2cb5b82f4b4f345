import { beforeAll, describe, expect, it } from 'vitest';
import { asNode, type Issued, issueCertificate } from '../../test/support/metadata.ts';
import { leadsToRoot } from './certificatePath.ts';

const now = Date.now();
const day = 24 * 60 * 60 * 1000;

let root: Issued;
let middle: Issued;
let leaf: Issued;
beforeAll(async () => {
  root = await issueCertificate('Root');
  middle = await issueCertificate('Middle', { by: root });
  leaf = await issueCertificate('Leaf', { by: middle, isAuthority: false });
});

const leads = (path: Issued[], roots: Issued[], at = now) =>
  leadsToRoot(path.map(asNode), roots.map(asNode), at);

describe('certificates lead to a root', () => {
  it('through an authority between, with the root in the path or without it', () => {
    expect(leads([leaf, middle], [root])).toBe(true);
    expect(leads([leaf, middle, root], [root])).toBe(true);
    expect(leads([leaf], [middle])).toBe(true);
  });

  it('whatever follows the one that the root issued', async () => {
    const crossed = await issueCertificate('Root', { by: await issueCertificate('Older root') });
    expect(leads([leaf, middle, crossed], [root])).toBe(true);
  });

  it('that is the certificate itself', () => {
    expect(leads([leaf], [leaf])).toBe(true);
  });
});

describe('S-58 certificates don’t lead to a root', () => {
  it('of the same name with another key', async () => {
    expect(leads([leaf, middle], [await issueCertificate('Root')])).toBe(false);
    expect(leads([leaf, await issueCertificate('Middle', { by: root })], [root])).toBe(false);
  });

  it('where one between is missing, in another order or not an authority', async () => {
    expect(leads([leaf], [root])).toBe(false);
    expect(leads([middle, leaf], [leaf])).toBe(false);
    const below = await issueCertificate('Below', { by: leaf, isAuthority: false });
    expect(leads([below, leaf, middle], [root])).toBe(false);
    expect(leads([below], [leaf])).toBe(false);
  });

  it('outside the days that any of them is valid', async () => {
    expect(leads([leaf, middle], [root], now + 2 * day)).toBe(false);
    expect(leads([leaf, middle], [root], now - 2 * day)).toBe(false);
    const old = await issueCertificate('Old root', { around: now - 3 * day });
    expect(leads([await issueCertificate('Leaf', { by: old })], [old])).toBe(false);
    expect(leads([old], [old])).toBe(false);
  });

  it('that there is not, or that is more than five away', async () => {
    expect(leads([], [root])).toBe(false);
    expect(leads([leaf, middle], [])).toBe(false);
    const path = [root];
    for (let i = 0; i < 6; i += 1) path.unshift(await issueCertificate(`Level ${i}`, { by: path[0] }));
    expect(leads(path.slice(0, 5), [path[5] as Issued])).toBe(true);
    expect(leads(path.slice(0, 6), [root])).toBe(false);
  });
});
