import { describe, expect, it } from 'vitest';
import type { Handshake } from '../../src/domain/evidence/reach.ts';
import { GapError } from '../../src/domain/gap.ts';
import type { Dialled, Endpoint, OpenNetwork } from '../../src/ports/network.ts';

/** Places of a real network, made for one test and gone after it. */
export type NetworkPlaces = {
  open: OpenNetwork;
  listening: Endpoint;
  closed: Endpoint;
  /** Takes no connection and refuses none. */
  silent: Endpoint;
  /** Takes a connection and says nothing. */
  mute: Endpoint;
  [Symbol.asyncDispose](): Promise<void>;
};

const unending = { signal: new AbortController().signal, sent: () => undefined };

/** What every network must tell, whoever asks it. */
export function networkContract(name: string, places: () => Promise<NetworkPlaces>): void {
  describe(`the network contract: ${name}`, () => {
    it.each<['listening' | 'closed' | 'silent', Dialled['state']]>([
      ['listening', 'open'],
      ['closed', 'refused'],
      ['silent', 'filtered'],
    ])('tells that a %s port is %s', async (which, state) => {
      await using given = await places();
      const dialled = await given.open(unending).connect(given[which]);
      expect(dialled).toMatchObject({ state, detail: expect.stringMatching(/\w/) });
    });

    it('tells that a name does not resolve, and connects nowhere then', async () => {
      await using given = await places();
      const network = given.open(unending);
      expect(await network.resolve('no-such-host.invalid')).toMatchObject({
        addresses: [],
        failure: expect.stringMatching(/\w/),
      });
      const dialled = await network.connect({ host: 'no-such-host.invalid', port: 443 });
      expect(dialled.state).toBe('unresolved');
    });

    it('resolves a name that exists, and takes an address as it is', async () => {
      await using given = await places();
      const network = given.open(unending);
      const { addresses, failure } = await network.resolve('localhost');
      expect(failure).toBeNull();
      expect(addresses.filter((one) => one === '127.0.0.1' || one === '::1')).not.toEqual([]);
      expect(await network.resolve('192.0.2.7')).toEqual({ addresses: ['192.0.2.7'], failure: null });
      expect(await network.resolve('[::1]')).toEqual({ addresses: ['::1'], failure: null });
    });

    it('throws unreachable for a handshake where nobody listens', async () => {
      await using given = await places();
      const ended = given.open(unending).handshake(given.closed);
      await expect(ended).rejects.toMatchObject({ name: 'GapError', gap: { cause: 'unreachable' } });
    });

    it('tells that no handshake comes about where something is silent', async () => {
      await using given = await places();
      const seen: Handshake = await given.open(unending).handshake(given.mute);
      expect(seen).toMatchObject({ problem: 'no-handshake', protocol: null, validTo: null });
    });

    it.each(['closed', 'silent', 'mute'] as const)('finds no page on a %s port', async (which) => {
      await using given = await places();
      const answer = await given.open(unending).plainHttp(given[which]);
      expect(answer).toEqual({ state: 'closed', detail: expect.stringMatching(/\w/) });
    });

    it.each(['connect', 'handshake', 'plainHttp'] as const)(
      'throws timed-out from %s at the deadline of the run',
      async (how) => {
        await using given = await places();
        const deadline = new AbortController();
        const asked = given.open({ signal: deadline.signal, sent: () => undefined })[how](given.silent);
        const ended = asked.catch((error: unknown) => error);
        deadline.abort();
        const error = await ended;
        expect(error).toBeInstanceOf(GapError);
        expect(error).toMatchObject({ gap: { cause: 'timed-out' } });
      },
    );
  });
}
