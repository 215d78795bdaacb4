import type { Channel, Person, PersonGroup } from './shapes.ts';

export const team = { id: 'T0VAULT', name: 'Acme Corp', domain: 'acme' } as const;
export const bot = { userId: 'U0VAULTCHECK', botId: 'B0VAULTCHECK', appId: 'A0VAULTCHECK' } as const;
export const slackbot = 'USLACKBOT';

/** The people of the workspace. Ana is on call and an admin; Gil is a guest, Eve belongs to another workspace. */
export const people: readonly Person[] = [
  {
    id: 'U0ANA',
    name: 'ana',
    realName: 'Ana Kovač',
    email: 'ana.kovac@acme.example',
    timeZone: 'Europe/Berlin',
    role: 'admin',
  },
  {
    id: 'U0BEN',
    name: 'ben',
    realName: 'Ben Okoro',
    email: 'ben.okoro@acme.example',
    timeZone: 'America/New_York',
    role: 'member',
  },
  {
    id: 'U0GIL',
    name: 'gil',
    realName: 'Gil Torres',
    email: 'gil@contractor.example',
    timeZone: 'UTC',
    role: 'guest',
  },
  {
    id: 'U0EVE',
    name: 'eve',
    realName: 'Eve Lindqvist',
    email: 'eve@partner.example',
    timeZone: 'Europe/Stockholm',
    role: 'stranger',
  },
  {
    id: bot.userId,
    name: 'vaultcheck',
    realName: 'Vaultcheck',
    email: '',
    timeZone: 'UTC',
    role: 'bot',
  },
];

export const groups: readonly PersonGroup[] = [
  { id: 'S0SECOPS', handle: 'secops', name: 'Security operations', members: ['U0ANA', 'U0BEN'] },
  { id: 'S0ONCALL', handle: 'oncall', name: 'On call', members: ['U0ANA'] },
];

const everybody = ['U0ANA', 'U0BEN', 'U0GIL', bot.userId];

/** Fresh channels: their member lists change while a workspace lives. The bot is not in `security`. */
export function channels(): Channel[] {
  const channel = (
    id: string,
    kind: Channel['kind'],
    members: readonly string[],
    topic: string,
  ): Channel => ({
    id,
    name: id.slice(2).toLowerCase(),
    kind,
    members: new Set(members),
    topic,
    archived: false,
  });
  return [
    channel('C0GENERAL', 'public', [...everybody, 'U0EVE'], 'Company-wide talk'),
    channel('C0ALERTS', 'public', everybody, 'Scan account alerts'),
    channel('C0REPORTS', 'public', everybody, 'Scheduled reports and the digest'),
    channel('G0SECURITY', 'private', ['U0ANA', 'U0BEN'], 'Security team only'),
  ];
}
