import type { SoapDescription } from '../../domain/evidence/reach.ts';
import { GapError } from '../../domain/gap.ts';
import type { RunScope } from '../../ports/run-scope.ts';
import { vendorWords } from './gaps.ts';
import type { Answer, Side, Wire } from './wire.ts';

const path = '/webservices/SSWebService.asmx';

/** Asks the SOAP address for its description, anonymously. Silence is a value; only the run's deadline is a gap. */
export async function askSoap(wire: Wire, side: Side, run: RunScope): Promise<Omit<SoapDescription, 'url'>> {
  try {
    return judged(
      await wire.send({ side, method: 'GET', path, query: { WSDL: '' }, timeoutMs: 10_000 }, run),
    );
  } catch (error) {
    if (!(error instanceof GapError) || run.signal.aborted) throw error;
    return { state: 'silent', detail: error.gap.detail };
  }
}

export function soapUrl(base: string): string {
  return `${base.replace(/\/+$/, '')}${path}?WSDL`;
}

/** What an answer shows when web services are off is on no record: a text that says so counts, nothing else does. */
function judged({ status, text }: Answer): Omit<SoapDescription, 'url'> {
  if (status === 200 && text.includes('urn:thesecretserver.com')) {
    return { state: 'described', detail: 'It describes the web services of Secret Server' };
  }
  const off = /web ?services?[^<]{0,60}\b(not enabled|disabled|turned off|are off)\b/i.exec(text);
  if (off) return { state: 'refused', detail: `It says: ${vendorWords(off[0])}` };
  return { state: 'foreign', detail: `It answered with something else (HTTP ${status})` };
}
