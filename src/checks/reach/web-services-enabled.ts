import { defineCheck } from '../../domain/check.ts';
import { clause } from '../../domain/clause.ts';
import type { Health, ReaderLogin, SoapDescription } from '../../domain/evidence/reach.ts';
import type { Gap } from '../../domain/gap.ts';
import { gapsOf, ifKnown, type Told } from '../../domain/told.ts';
import { type Fact, fact, fail, type Judgement, pass, uniqueGaps, unknown } from '../../domain/verdict.ts';

type Key = 'health' | 'soapDescription' | 'readerLogin' | 'webServicesSetting';
type Known = {
  health: Told<Health>;
  soapDescription: Told<SoapDescription>;
  readerLogin: Told<ReaderLogin>;
  webServicesSetting: Told<boolean>;
};

export const webServicesEnabled = defineCheck({
  id: 'web-services-enabled',
  section: 'reach',
  title: 'Web services are enabled',
  why: 'The appliance fetches the credential from the SOAP web services; with them off every login through them is refused.',
  remedy: 'Set "Enable Webservices" to Yes in Secret Server (Administration > Configuration > General).',
  blocking: true,
  needs: [],
  wants: ['webServicesSetting', 'soapDescription', 'health', 'readerLogin'],
  judge(known) {
    return switchedOff(known) ?? saidSo(known) ?? lockedOut(known) ?? switchedOn(known);
  },
});

function switchedOff({ webServicesSetting }: Known): Judgement<Key> | undefined {
  if ('gap' in webServicesSetting || webServicesSetting.known) return undefined;
  return fail('The setting "Enable Webservices" is off.', [
    fact('webServicesSetting', 'Enable Webservices: No'),
  ]);
}

/** A healthy server whose own words say that web services are off: at the SOAP address or at its token endpoint. */
function saidSo(known: Known): Judgement<Key> | undefined {
  if (!isHealthy(known)) return undefined;
  const soap = ifKnown(known.soapDescription);
  if (soap?.state === 'refused') {
    return fail(`Secret Server says at ${soap.url} that web services are disabled.`, [soapFact(soap)]);
  }
  const login = ifKnown(known.readerLogin);
  if (login?.state !== 'refused' || !saysDisabled(login.text ?? '')) return undefined;
  return fail(`Secret Server refused the reader's login with “${login.text}”.`, [loginFact(login)]);
}

/** With web services off the reader cannot log in either: any refusal but one of its account, and no SOAP. */
function lockedOut(known: Known): Judgement<Key> | undefined {
  const [soap, login] = [ifKnown(known.soapDescription), ifKnown(known.readerLogin)];
  if (!isHealthy(known) || !soap || soap.state === 'described') return undefined;
  if (login?.state !== 'refused' || isOfTheAccount(login.text ?? '')) return undefined;
  const text = `Secret Server is healthy, but refused the reader's login${login.text ? ` (“${login.text}”)` : ''} and does not answer at ${soap.url}: web services look disabled.`;
  return fail(text, [loginFact(login), soapFact(soap)]);
}

function switchedOn(known: Known): Judgement<Key> {
  const [soap, login] = [ifKnown(known.soapDescription), ifKnown(known.readerLogin)];
  const described = soap?.state === 'described';
  if ('known' in known.webServicesSetting && described) {
    return pass(fact('webServicesSetting', 'Enable Webservices: Yes'), soapFact(soap));
  }
  if (described && login?.state === 'accepted') {
    const unread = 'the setting itself could not be read';
    return pass(fact('readerLogin', `The reader logged in through the API; ${unread}`), soapFact(soap));
  }
  return cannotTell(known);
}

function cannotTell({ webServicesSetting, soapDescription, readerLogin }: Known): Judgement<Key> {
  const [soap, login] = [ifKnown(soapDescription), ifKnown(readerLogin)];
  const gaps = [
    ...(soap && soap.state !== 'described' ? [noSoap(soap)] : []),
    ...gapsOf([webServicesSetting, soapDescription, readerLogin]),
  ];
  const [first = unclear, ...rest] = gaps;
  const facts = [...(soap ? [soapFact(soap)] : []), ...(login ? [loginFact(login)] : [])];
  return unknown(uniqueGaps([first, ...rest]), facts);
}

const unclear: Gap = {
  source: 'secret-server',
  cause: 'denied',
  detail: 'Neither the setting nor a login of the reader shows whether web services are enabled.',
};

function noSoap({ url, state, detail }: SoapDescription): Gap {
  const cause = state === 'silent' ? 'unreachable' : 'malformed';
  const reason = detail ? `: ${clause(detail)}` : '';
  return {
    source: 'secret-server',
    cause,
    detail: `No proper answer of the SOAP service at ${url}${reason}.`,
  };
}

function isHealthy({ health }: Known): boolean {
  return 'known' in health && health.known.state === 'answered' && health.known.healthy === true;
}

function saysDisabled(text: string): boolean {
  return /web\s?services?\b.*\b(disabled|not enabled|turned off|off)\b/i.test(text);
}

/**
 * Whether somebody looked at the account: then the web services that asked are on. `Login failed.` is the vendor's one
 * text for an unknown user and a wrong password; the others name a second factor, a lock or an expiry.
 */
function isOfTheAccount(text: string): boolean {
  return /^login failed\.?$|pin code|two.?factor|\block(ed)?\b|\bpassword\b.*\bexpired\b/i.test(text.trim());
}

function soapFact({ url, state, detail }: SoapDescription): Fact<'soapDescription'> {
  return fact(
    'soapDescription',
    state === 'described' ? `${url} describes the SOAP service` : `${url}: ${clause(detail) || state}`,
  );
}

function loginFact({ state, text }: ReaderLogin): Fact<'readerLogin'> {
  return fact('readerLogin', `The reader's login was ${state}${text ? `: ${text}` : ''}`);
}
