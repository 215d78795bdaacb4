import { z } from 'zod';
import { AddressRangeText, Duration, GroupId, SocketAddress, Text } from './values.ts';

/** Where Secret Server may send its events to. Nothing listens unless it stands here. */
export const Listeners = z.strictObject({
  syslog: z
    .strictObject({
      udp: SocketAddress.describe('host:port for syslog over UDP.').optional(),
      tcp: SocketAddress.describe('host:port for syslog over TCP.').optional(),
      tls: z
        .strictObject({
          address: SocketAddress,
          certFile: Text.describe('PEM file of the certificate, relative to this file.'),
          keyFile: Text.describe('PEM file of its private key.'),
          clientCaFile: Text.describe(
            'PEM file of the authority of client certificates; then one is demanded.',
          ).optional(),
        })
        .describe('Syslog over TLS.')
        .optional(),
      allow: z
        .array(AddressRangeText)
        .describe('Addresses that events are taken from. Absent: any.')
        .optional(),
    })
    .optional(),
});

export const Watch = z.strictObject({
  every: Duration.describe('How often accounts are looked at for lockouts and failed logins.').prefault(
    '15m',
  ),
  checksEvery: Duration.describe('How often all checks are run.').prefault('6h'),
});

export const Incidents = z.strictObject({
  failedLogins: z
    .strictObject({ count: z.int().min(1).default(3), within: Duration.prefault('10m') })
    .describe('When failed logins become an incident.')
    .prefault({}),
  remindAfter: Duration.describe('When an incident that nobody took is told again.').prefault('15m'),
  escalate: z
    .strictObject({ after: Duration, mention: GroupId })
    .describe('Whom to mention when nobody took it by then.')
    .optional(),
  links: z
    .array(
      z.strictObject({
        title: Text,
        url: z.url({ protocol: /^https?$/, error: 'must be a URL that begins with https:// or http://' }),
      }),
    )
    .describe('Links shown on every card.')
    .default([]),
  autoResolve: z
    .boolean()
    .describe('Whether an incident closes when its cause is seen to be gone.')
    .default(true),
});

export const Keep = z.strictObject({
  reports: Duration.prefault('90d'),
  journal: Duration.prefault('30d'),
  incidents: Duration.prefault('400d'),
  commands: Duration.prefault('400d'),
});
