import type { AuthenticationRecord, VaultLogin, VaultRecord } from '../../domain/evidence/qualys.ts';
import type { Scanner } from '../../ports/scanner.ts';
import type { Ask } from './ask.ts';
import type { Element } from './element.ts';
import { below, child, itemsOf, moment, neededNumber, neededText, text, wholeNumber } from './fields.ts';
import { qualysGap } from './gaps.ts';

/** The vendor has renamed the type before, and will again: Thycotic, Delinea, Secret Server. */
const secretServerTypes = /thycotic|delinea|secret\s*server/i;

type Records = Pick<Scanner, 'vaultRecords' | 'vaultLogin' | 'authenticationRecords'>;

export function records(ask: Ask): Records {
  return {
    vaultRecords: () => ask({ route: 'vaults', root: /^(AUTH_)?VAULT_LIST_OUTPUT$/, read: vaultRecordsIn }),
    async vaultLogin(recordId) {
      const query = { id: String(recordId) };
      const root = /^(AUTH_)?VAULT(_VIEW)?_OUTPUT$/;
      const { readAt, found } = await ask({ route: 'vault', query, root, read: vaultLoginsIn });
      const [login] = found;
      if (login) return { readAt, found: login };
      throw qualysGap('absent', `Qualys shows no vault record with the id ${recordId}`);
    },
    async authenticationRecords(type) {
      if (!/^[a-z][a-z0-9_]{0,39}$/.test(type)) {
        throw qualysGap('not-configured', `“${type}” is no type of authentication record: see recordTypes`);
      }
      const root = new RegExp(`^AUTH_${type.toUpperCase()}_LIST_OUTPUT$`);
      const read = (response: Element) => authenticationRecordsIn(response, type);
      return ask({ route: 'records', type, query: { details: 'All' }, root, read });
    },
  };
}

/** Vendor print and documentation differ in what they call one of them. */
const isVault = (name: string) => name === 'AUTH_VAULT' || name === 'VAULT';

function vaultRecordsIn(response: Element): VaultRecord[] {
  const all = itemsOf(response, isVault);
  const told = wholeNumber(response, 'COUNT') ?? all.length;
  if (told > all.length)
    throw qualysGap('truncated', `Qualys counts ${told} vault records and lists ${all.length} of them`);
  return all
    .filter((one) => secretServerTypes.test(neededText(one, 'VAULT_TYPE', 'TYPE')))
    .map((one) => ({
      id: neededNumber(one, 'ID', 'VAULT_ID'),
      title: neededText(one, 'TITLE'),
      lastModified: moment(one, 'LAST_MODIFIED'),
      modifiedBy: text(child(one, 'LAST_MODIFIED'), 'BY'),
    }));
}

/** The names inside are not on record: the parameters of the same call to write them are. */
function vaultLoginsIn(response: Element): VaultLogin[] {
  const [found] = below(response, isVault);
  const holder = found ?? response;
  if (!found && holder.children.length < 2) return [];
  // Read for its kind alone: an answer of wrong types is none.
  wholeNumber(holder, 'ID', 'VAULT_ID');
  const settings = below(holder, (name) => name === 'SETTINGS' || name.endsWith('_SETTINGS'))[0] ?? holder;
  const read = (...names: string[]) => text(settings, ...names) ?? text(holder, ...names);
  const [url, username] = [read('URL', 'SERVER_URL', 'API_URL'), read('USERNAME', 'USER_NAME', 'LOGIN')];
  if (url === null || username === null)
    throw qualysGap('malformed', `Qualys does not tell the URL and the user name of a vault record`);
  return [{ url, username, domain: read('DOMAIN', 'WINDOWS_DOMAIN') }];
}

/** Records with a password of their own say nothing about a vault, so they are left out. */
function authenticationRecordsIn(response: Element, type: string): AuthenticationRecord[] {
  const name = `AUTH_${type.toUpperCase()}`;
  return itemsOf(response, (one) => one === name).flatMap((one) => {
    const vault = below(one, (inside) => inside === 'DIGITAL_VAULT' || inside === 'VAULT')[0];
    const isVaulted = vault !== undefined || text(one, 'LOGIN_TYPE')?.toLowerCase() === 'vault';
    return isVaulted ? [authenticationRecord(one, type, vault)] : [];
  });
}

function authenticationRecord(one: Element, type: string, vault: Element | undefined): AuthenticationRecord {
  const holder = vault ?? one;
  return {
    id: neededNumber(one, 'ID'),
    type,
    title: neededText(one, 'TITLE'),
    username: text(one, 'USERNAME', 'USER_NAME'),
    domain: text(one, 'WINDOWS_AD_DOMAIN') ?? text(one, 'WINDOWS_DOMAIN') ?? text(one, 'DOMAIN'),
    vaultId: wholeNumber(holder, 'DIGITAL_VAULT_ID', 'VAULT_ID'),
    vaultTitle: text(holder, 'DIGITAL_VAULT_TITLE', 'VAULT_TITLE'),
    secretName: below(one, (name) => name.endsWith('SECRET_NAME'))[0]?.text || null,
    targets: below(child(one, 'IP_SET'), (name) => name === 'IP' || name === 'IP_RANGE').map(
      (target) => target.text,
    ),
    lastModified: moment(one, 'LAST_MODIFIED'),
  };
}
