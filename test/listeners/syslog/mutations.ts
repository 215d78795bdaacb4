import { vaultLine } from './line.ts';

/** Numbers below 1 that a seed decides (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const seeds = [
  vaultLine(
    18,
    'USER - LOGINFAILURE',
    'msg=[[SecretServer]] Event: [User] Action: [Login Failure] By User: CORP\\svc Item Name: CORP\\svc (Item Id: 7)  Details:  AuthenticationFailed suid=7 suser=CORP\\svc duser=CORP\\svc duid=7 fname=CORP\\svc fileType=User fileId=7 src=10.20.30.40 rt=Nov 24 2026 02:00:05',
  ),
  vaultLine(
    10100,
    'USER - EDIT',
    'msg=[SecretServer] Event: [User] Action: [Edit] By User: ThycoticSystem Item Name: svc Details: LoginFailures: 4 to 5; IsLockedOut: false to true; suser=ThycoticSystem duser=svc src=::1 rt=Nov 24 2026 02:00:05',
  ),
  `<134>1 2026-11-24T02:00:12.5+01:00 VAULT02 app 1 - [x@1 y="z"] \uFEFFCEF:0|Delinea Software|Secret Server|11.7|500|System Log|7|msg=λ C:\\\\Windows (Id \\= 69) rt=1795485605123`,
];

const pieces = [
  '=',
  '\\',
  '|',
  ' ',
  '\r',
  '\0',
  '\uFEFF',
  'CEF:0|',
  ' suser=',
  ' rt=',
  '<1>',
  '99 ',
  '\\=',
  'λ',
  ' to ',
  ';',
];

/** A line of Secret Server with up to eight accidents: pieces put in, cut out, doubled, and characters changed. */
export function mutated(random: () => number): string {
  const pick = (below: number) => Math.floor(random() * below);
  let line = seeds[pick(seeds.length)] ?? '';
  for (let left = 1 + pick(8); left > 0; left -= 1) {
    const at = pick(line.length + 1);
    const length = pick(30);
    const way = pick(4);
    if (way === 0) line = line.slice(0, at) + pieces[pick(pieces.length)] + line.slice(at);
    else if (way === 1) line = line.slice(0, at) + line.slice(at + length);
    else if (way === 2) line = line.slice(0, at + length) + line.slice(at);
    else line = line.slice(0, at) + String.fromCharCode(pick(0x2000)) + line.slice(at + 1);
  }
  // A line is what the framing left of it: it holds no line feed, and does not begin as a counted message.
  return `.${line.replaceAll('\n', ' ')}`;
}
