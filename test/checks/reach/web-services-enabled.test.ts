import { expect, it } from 'vitest';
import { webServicesEnabled } from '../../../src/checks/reach/web-services-enabled.ts';
import type { Health, ReaderLogin, SoapDescription } from '../../../src/domain/evidence/reach.ts';
import { gap, judged, words } from '../../given.ts';

const health = (healthy: boolean): Health => ({
  url: 'https://vault.corp.example/api/v1/healthcheck',
  state: 'answered',
  healthy,
  readOnly: false,
  detail: '',
  pathSuspect: false,
});
const silent: Health = { ...health(true), state: 'silent', healthy: null };
const soap = (state: SoapDescription['state']): SoapDescription => ({
  url: 'https://vault.corp.example/webservices/SSWebService.asmx',
  state,
  detail: '',
});
const refused = (text: string | null): ReaderLogin => ({ state: 'refused', text, remembered: false });
const accepted: ReaderLogin = { state: 'accepted', text: null, remembered: false };

/** Everything well; each row breaks something. */
const good = {
  health: health(true),
  soapDescription: soap('described'),
  readerLogin: accepted,
  webServicesSetting: true,
};
const noSetting = { webServicesSetting: gap };

it.each([
  ['setting on, SOAP described', {}, 'pass', 'Enable Webservices: Yes'],
  ['the setting is off', { webServicesSetting: false }, 'fail', '"Enable Webservices" is off'],
  [
    'off is a fail whatever else is missing',
    { webServicesSetting: false, health: gap, soapDescription: gap, readerLogin: gap },
    'fail',
    'is off',
  ],
  [
    'SOAP says that they are off',
    { ...noSetting, soapDescription: soap('refused'), readerLogin: gap },
    'fail',
    'says at https://vault.corp.example/webservices',
  ],
  ['SOAP says so although the setting is on', { soapDescription: soap('refused') }, 'fail', 'disabled'],
  [
    'SOAP says so, but the server is not healthy',
    { ...noSetting, soapDescription: soap('refused'), health: health(false) },
    'unknown',
    gap.gap.detail,
  ],
  [
    'SOAP says so, but nobody asked for its health',
    { ...noSetting, soapDescription: soap('refused'), health: gap },
    'unknown',
    gap.gap.detail,
  ],
  [
    'the token endpoint says so',
    { ...noSetting, readerLogin: refused('Web services are disabled.') },
    'fail',
    'Web services are disabled.',
  ],
  [
    'the token endpoint says so in other words',
    { ...noSetting, readerLogin: refused('WebServices not enabled') },
    'fail',
    'not enabled',
  ],
  [
    'another refusal and SOAP silent',
    { ...noSetting, readerLogin: refused('Not allowed.'), soapDescription: soap('silent') },
    'fail',
    'look disabled',
  ],
  [
    'a refusal without words and a foreign SOAP page',
    { ...noSetting, readerLogin: refused(null), soapDescription: soap('foreign') },
    'fail',
    'look disabled',
  ],
  [
    'a wrong password and SOAP silent',
    { ...noSetting, readerLogin: refused('Login failed.'), soapDescription: soap('silent') },
    'unknown',
    'No proper answer of the SOAP service',
  ],
  [
    'a second factor that is wanted, and SOAP silent',
    { ...noSetting, readerLogin: refused('Invalid Duo pin code.'), soapDescription: soap('silent') },
    'unknown',
    'No proper answer of the SOAP service',
  ],
  [
    'a reader that is locked, and SOAP silent',
    { ...noSetting, readerLogin: refused('The account is locked out.'), soapDescription: soap('silent') },
    'unknown',
    'No proper answer of the SOAP service',
  ],
  [
    'another refusal, but SOAP answers',
    { ...noSetting, readerLogin: refused('Not allowed.') },
    'unknown',
    gap.gap.detail,
  ],
  [
    'another refusal, SOAP not asked',
    { ...noSetting, readerLogin: refused('Not allowed.'), soapDescription: gap },
    'unknown',
    gap.gap.detail,
  ],
  [
    'another refusal and SOAP silent, but the server is silent too',
    { ...noSetting, readerLogin: refused('Not allowed.'), soapDescription: soap('silent'), health: silent },
    'unknown',
    'No proper answer',
  ],
  ['setting unreadable, login and SOAP work', noSetting, 'pass', 'the setting itself could not be read'],
  ['setting unreadable, no login', { ...noSetting, readerLogin: gap }, 'unknown', gap.gap.detail],
  [
    'setting on, SOAP silent',
    { soapDescription: soap('silent') },
    'unknown',
    'No proper answer of the SOAP service',
  ],
  [
    'setting on, SOAP foreign',
    { soapDescription: soap('foreign') },
    'unknown',
    'No proper answer of the SOAP service',
  ],
  ['setting on, SOAP not asked', { soapDescription: gap }, 'unknown', gap.gap.detail],
] as const)('%s', (_, fields, verdict, text) => {
  const row = judged(webServicesEnabled, { ...good, ...fields });
  expect(row.verdict).toBe(verdict);
  expect(words(row)).toContain(text);
});

it('names the cause of a SOAP address that gives no proper answer', () => {
  const cause = (state: SoapDescription['state']) =>
    judged(webServicesEnabled, { ...good, soapDescription: soap(state) }).gaps[0]?.cause;
  expect([cause('silent'), cause('foreign')]).toEqual(['unreachable', 'malformed']);
});

it('shows what the SOAP address said', () => {
  const shown = (state: SoapDescription['state'], detail: string) =>
    words(judged(webServicesEnabled, { ...good, soapDescription: { ...soap(state), detail } }));
  expect(shown('described', '')).toContain('SSWebService.asmx describes the SOAP service');
  expect(shown('silent', 'ECONNRESET')).toContain('SSWebService.asmx: ECONNRESET');
  expect(shown('foreign', '')).toContain('SSWebService.asmx: foreign');
});
