import { describe, expect, it } from 'vitest';
import { openGatherer } from '../../src/app/gather.ts';
import { readings } from '../../src/app/readings/index.ts';
import { reachOf } from '../../src/app/readings/sites.ts';
import type { SiteSight } from '../../src/domain/evidence/reach.ts';
import { read } from './one-reading.ts';
import { clock, gap, integrationOf, now } from './world.ts';

describe('the network', () => {
  it.each([
    ['https://10.0.0.5/SecretServer', { host: '10.0.0.5', literal: true, seen: [] }],
    ['https://[2001:db8::1]:8443/', { host: '2001:db8::1', literal: true, seen: [] }],
    ['https://vault.example/', { host: 'vault.example', literal: false, seen: [{ place: 'here' }] }],
  ])('%s', async (scannerUrl, expected) => {
    expect(await read('resolution', { settings: { scannerUrl } })).toMatchObject(expected);
  });

  it('asks the port of the URL that Qualys uses', async () => {
    const settings = { scannerUrl: 'http://dmz.example:8080/x' };
    expect(await read('connection', { settings })).toMatchObject({ host: 'dmz.example', port: 8080 });
    expect(await read('certificate', { settings })).toEqual({
      host: 'dmz.example',
      encrypted: false,
      seen: [],
    });
  });

  const appliances = ['dmz', 'dmz', null, 'lab'].map((site) => ({
    name: 'a',
    addresses: [],
    lan: null,
    site,
  }));

  it('says that sites were not asked without a way to them, and is not blind for it', async () => {
    expect(await read('siteReach', { settings: { appliances } })).toMatchObject({
      gap: {
        source: 'probe',
        cause: 'not-configured',
        detail: expect.stringContaining('dmz, lab were not asked'),
      },
    });
    expect(await read('siteReach')).toEqual([]);
    expect(await read('resolution', { settings: { appliances } })).toMatchObject({
      seen: [{ place: 'here' }],
    });
  });

  it('asks each site in use once for all that is wanted of it', async () => {
    const asked: string[] = [];
    const scope = { signal: new AbortController().signal, sent: () => {} };
    const integration = integrationOf({ asked, sites: {}, settings: { appliances } });
    const gatherer = openGatherer(integration, { startedAt: now, clock, scope }, readings);
    const book = await gatherer.gather('s', ['resolution', 'connection', 'certificate', 'siteReach']);
    for (const key of ['resolution', 'connection', 'certificate'] as const)
      expect(book[key]).toMatchObject({
        value: { seen: ['here', 'dmz', 'lab'].map((place) => ({ place, told: { known: {} } })) },
      });
    expect(book.siteReach).toMatchObject({
      value: [{ site: 'dmz', told: { known: { reached: true } } }, {}],
    });
    expect(asked.filter((one) => one.startsWith('look'))).toHaveLength(2);
  });

  it('keeps the gap of a site that does not answer to that site', async () => {
    const sites = {
      look: async () => {
        throw gap('timed-out', 'probe');
      },
    };
    const value = await read('connection', { sites, settings: { appliances } });
    expect(value).toMatchObject({
      seen: [{ told: { known: {} } }, { place: 'dmz', told: { gap: { source: 'probe' } } }, {}],
    });
  });
});

describe('the reach of a site', () => {
  const sight: SiteSight = {
    resolution: { addresses: ['10.0.0.1'], failure: null },
    connection: { state: 'open', detail: 'open' },
    certificate: null,
  };
  const shaken = { detail: 'd', protocol: null, subject: null, issuer: null, validTo: null };
  const unseen = (cause: 'unreachable' | 'timed-out') => ({ gap: { ...gap('absent').gap, cause } });
  it.each<[string, Partial<SiteSight>, boolean]>([
    ['an open port without TLS', {}, true],
    ['a name that does not resolve', { resolution: { addresses: [], failure: 'no name' } }, false],
    ['a filtered port', { connection: { state: 'filtered', detail: 'nothing' } }, false],
    [
      'a handshake that breaks off',
      { certificate: { known: { ...shaken, problem: 'no-handshake' } } },
      false,
    ],
    ['a handshake that found no connection', { certificate: unseen('unreachable') }, false],
    [
      'a certificate that is not trusted',
      { certificate: { known: { ...shaken, problem: 'untrusted' } } },
      true,
    ],
  ])('%s: %j is %s', (_, changed, reached) => {
    expect(reachOf({ ...sight, ...changed })).toMatchObject({
      known: { reached, detail: expect.stringMatching(/./) },
    });
  });

  it('is not known where the handshake was not seen in time', () => {
    expect(reachOf({ ...sight, certificate: unseen('timed-out') })).toEqual(unseen('timed-out'));
  });
});
