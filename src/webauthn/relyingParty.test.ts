import { describe, expect, it } from 'vitest';
import { relyingPartyIdFault } from './relyingParty.ts';

describe('the id of a relying party', () => {
  it.each([
    ['localhost', 'localhost'],
    ['127.0.0.1', '127.0.0.1'],
    ['login.example.com', 'login.example.com'],
    ['example.com', 'login.example.com'],
    ['example.com', 'a.b.example.com'],
    ['example.co.uk', 'login.example.co.uk'],
    ['alice.github.io', 'login.alice.github.io'],
    ['corp.internal', 'login.corp.internal'],
  ])('%s serves pages at %s', (id, host) => {
    expect(relyingPartyIdFault(id, host)).toBeUndefined();
  });

  it.each([
    ['example.org', 'login.example.com'],
    ['ample.com', 'example.com'],
    ['login.example.com', 'example.com'],
    ['Example.com', 'login.example.com'],
    ['.example.com', 'login.example.com'],
    ['', 'login.example.com'],
    ['0.1', '127.0.0.1'],
    ['localhost', '127.0.0.1'],
    ['127.0.0.1', 'localhost'],
  ])('%s is no suffix of %s', (id, host) => {
    expect(relyingPartyIdFault(id, host)).toBe('not_a_suffix');
  });

  it.each([
    ['com', 'login.example.com'],
    ['co.uk', 'login.example.co.uk'],
    ['uk', 'login.example.co.uk'],
    ['github.io', 'alice.github.io'],
    ['io', 'alice.github.io'],
    ['internal', 'login.internal'],
    ['localhost', 'login.localhost'],
  ])('%s would be shared with strangers, from %s', (id, host) => {
    expect(relyingPartyIdFault(id, host)).toBe('public_suffix');
  });
});
