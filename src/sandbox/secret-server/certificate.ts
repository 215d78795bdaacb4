import { generate } from 'selfsigned';

const day = 86_400_000;

/** What is wrong with the certificate, if anything. `expiring` ends in ten days. */
export type CertificateState = 'trusted' | 'expired' | 'expiring' | 'wrong-name' | 'untrusted';

export type Certificate = { keyPem: string; certificatePem: string; caPem: string };

/** A certificate for localhost by an authority of its own, made now: nothing of it is kept. */
export async function issueCertificate(state: CertificateState = 'trusted'): Promise<Certificate> {
  const authority = await makeAuthority();
  const other = state === 'untrusted' ? await makeAuthority() : authority;
  const [from, to] = validity(state);
  const names = state === 'wrong-name' ? ['elsewhere.example'] : ['localhost'];
  const leaf = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(to),
    ca: { key: other.private, cert: other.cert },
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(state === 'wrong-name' ? [] : [{ type: 7 as const, ip: '127.0.0.1' }]),
        ],
      },
    ],
  });
  return { keyPem: leaf.private, certificatePem: leaf.cert, caPem: authority.cert };
}

function makeAuthority() {
  return generate([{ name: 'commonName', value: 'Sandbox authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 400 * day),
    notAfterDate: new Date(Date.now() + 3650 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

function validity(state: CertificateState): [number, number] {
  const now = Date.now();
  if (state === 'expired') return [now - 30 * day, now - day];
  if (state === 'expiring') return [now - 30 * day, now + 10 * day];
  return [now - day, now + 365 * day];
}
