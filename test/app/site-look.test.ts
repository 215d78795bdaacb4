import { describe, expect, it } from 'vitest';
import { siteLook } from '../../src/app/site-look.ts';
import type { Network } from '../../src/ports/network.ts';
import { gap } from './world.ts';

const question = { host: 'vault.corp.example', port: 443, encrypted: true };

function network(asked: string[]): Pick<Network, 'resolve' | 'connect' | 'handshake'> {
  return {
    resolve: async (host) => {
      asked.push(`resolve ${host}`);
      return { addresses: ['10.0.0.1'], failure: null };
    },
    connect: async ({ host, port }) => {
      asked.push(`connect ${host}:${port}`);
      return { state: 'open', detail: 'open' };
    },
    handshake: async () => {
      asked.push('handshake');
      throw gap('absent', 'vaultcheck');
    },
  };
}

describe('what a probe sees', () => {
  it.each([
    ['another host', { host: 'other.corp.example', port: 443 }],
    ['another port', { host: 'vault.corp.example', port: 8443 }],
    ['a name that goes on', { host: 'vault.corp.example.evil.example', port: 443 }],
  ])('is nothing of %s than is allowed, and nothing is asked', async (_, allowed) => {
    const asked: string[] = [];
    expect(await siteLook(network(asked), question, [allowed])).toBeNull();
    expect(asked).toEqual([]);
  });

  it('is the name, the port and the handshake of an allowed target, whatever its case', async () => {
    const asked: string[] = [];
    const sight = await siteLook(network(asked), question, [{ host: 'VAULT.corp.example', port: 443 }]);
    expect(sight).toMatchObject({
      resolution: { addresses: ['10.0.0.1'] },
      connection: { state: 'open' },
      certificate: { gap: { source: 'vaultcheck' } },
    });
    expect(asked).toEqual(['resolve vault.corp.example', 'connect vault.corp.example:443', 'handshake']);
  });

  it('has no handshake where none belongs', async () => {
    const asked: string[] = [];
    const plain = { host: 'h', port: 80, encrypted: false };
    expect((await siteLook(network(asked), plain, [plain]))?.certificate).toBeNull();
    expect(asked).not.toContain('handshake');
  });
});
