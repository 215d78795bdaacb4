import type { ReaderLogin } from '../evidence/reach.ts';
import { holds, isBeyondReading } from '../permissions.ts';
import type { Told } from '../told.ts';
import { type Said, unseen, unwell, well } from './finding.ts';

/** The reader as the vault knows it, and the watched secrets whose password it might read. */
export type ReaderState = {
  login: Told<ReaderLogin>;
  permissions: Told<string[]>;
  /** Watched secrets without a launcher: nothing hides their password from who has View on them. */
  bare: Told<{ name: string; readable: boolean | null }[]>;
};

/** What the reader's role needs, any one of a row, and what cannot be seen without it. */
const needed: readonly { anyOf: readonly string[]; without: string }[] = [
  { anyOf: ['View Secret'], without: 'no secret can be found' },
  { anyOf: ['View Secret Audit'], without: 'who viewed a secret is not seen' },
  { anyOf: ['View Users'], without: 'locks, expiry and failed logins of scan accounts are not seen' },
  {
    anyOf: ['Unrestricted by Teams'],
    without: 'users of teams that it is not in look as if they did not exist',
  },
  {
    anyOf: ['View User Audit Report', 'View Users'],
    without: 'where scan accounts logged in from is not seen',
  },
  { anyOf: ['View Roles'], without: 'what scan accounts may do is not seen' },
  { anyOf: ['View Groups'], without: 'groups of scan accounts are not seen' },
  { anyOf: ['View IP Addresses'], without: 'address restrictions are not seen' },
  { anyOf: ['View Folders'], without: 'folders and what they grant are not seen' },
  { anyOf: ['View Configuration'], without: 'settings such as web services are not seen' },
  { anyOf: ['View Configuration Security'], without: 'HTTPS and HSTS settings are not seen' },
  { anyOf: ['View Configuration Unlimited Admin'], without: 'unlimited administration is not seen' },
  { anyOf: ['View Event Subscriptions'], without: 'who is told of a lockout is not seen' },
];

const roleMenu = 'in its role (Administration > Roles)';

export function readerFindings({ login, permissions, bare }: ReaderState): Said[] {
  if ('gap' in login)
    return [
      unseen(
        'The reader cannot log in to Secret Server',
        login.gap,
        'See that this host reaches secretServer.url, and that its certificate is trusted.',
      ),
    ];
  if (login.known.state === 'refused') return [refused(login.known)];
  return [
    well('The reader logs in to Secret Server.'),
    ...permissionFindings(permissions),
    ...bareFindings(bare),
  ];
}

function refused({ text, remembered }: ReaderLogin): Said {
  const before = remembered ? ' That was so before, and the same password is not tried again.' : '';
  const why = text ? ` (“${text}”)` : '';
  const remedy =
    "Correct the reader's user name, domain or password in the configuration, and see that it is not locked.";
  return unwell('fail', `Secret Server refuses the reader's login${why}.${before}`, remedy);
}

function permissionFindings(permissions: Told<string[]>): Said[] {
  if ('gap' in permissions)
    return [
      unseen(
        "The reader's own permissions cannot be read",
        permissions.gap,
        `Look at what it holds ${roleMenu}.`,
      ),
    ];
  const held = [{ id: 0, name: '', permissions: permissions.known }];
  const missing = needed.filter(({ anyOf }) => !anyOf.some((one) => holds(held, one)));
  const beyond = permissions.known.filter(
    (name) =>
      isBeyondReading(name) || holds([{ id: 0, name: '', permissions: [name] }], 'View Launcher Password'),
  );
  return [
    ...(missing.length === 0
      ? [well('The reader holds every permission that is asked of it.')]
      : missing.map(lacking)),
    ...(beyond.length === 0
      ? [well('It holds none that lets it do more than read settings.')]
      : [excess(beyond)]),
  ];
}

function lacking({ anyOf, without }: (typeof needed)[number]): Said {
  const name = anyOf.join(' or ');
  return unwell('warn', `The reader lacks ${name}: ${without}.`, `Give it ${name} ${roleMenu}.`);
}

/** The reader must be unable to do harm even if its password is stolen. */
function excess(names: readonly string[]): Said {
  const list = [...new Set(names)].sort().join(', ');
  return unwell('fail', `The reader holds more than it may: ${list}.`, `Take that away ${roleMenu}.`);
}

function bareFindings(bare: Told<{ name: string; readable: boolean | null }[]>): Said[] {
  if ('gap' in bare)
    return [
      unseen(
        'The watched secrets cannot be looked at',
        bare.gap,
        'Give the reader List on the folder of the scan credentials.',
      ),
    ];
  const remedy = 'Give the reader List instead of View on them, or add a launcher to their template.';
  const named = (readable: boolean | null) =>
    bare.known
      .filter((one) => one.readable === readable)
      .map(({ name }) => name)
      .join(', ');
  const [open, unsure] = [named(true), named(null)];
  if (open)
    return [
      unwell('warn', `The reader could read the password of secrets without a launcher: ${open}.`, remedy),
    ];
  if (unsure)
    return [
      {
        verdict: 'unknown',
        text: `Secrets without a launcher, whose password the reader might read: ${unsure}.`,
        remedy,
      },
    ];
  return [well('The reader can read the password of no watched secret.')];
}
