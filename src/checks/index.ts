import type { Check } from '../domain/check.ts';
import { accountAddressRestricted } from './account/account-address-restricted.ts';
import { accountEnabled } from './account/account-enabled.ts';
import { accountGrouped } from './account/account-grouped.ts';
import { accountLeastPrivilege } from './account/account-least-privilege.ts';
import { accountLogsIn } from './account/account-logs-in.ts';
import { accountUnattendedLogin } from './account/account-unattended-login.ts';
import { accountUnlocked } from './account/account-unlocked.ts';
import { lockoutSubscribed } from './alerts/lockout-subscribed.ts';
import { siemForwarding } from './alerts/siem-forwarding.ts';
import { siemReceiving } from './alerts/siem-receiving.ts';
import { directoryAccountUsable } from './directory/directory-account-usable.ts';
import { directoryScanAccountUsable } from './directory/directory-scan-account-usable.ts';
import { passwordInStep } from './directory/password-in-step.ts';
import { folderDedicated } from './practice/folder-dedicated.ts';
import { folderReadOnly } from './practice/folder-read-only.ts';
import { hstsEnabled } from './practice/hsts-enabled.ts';
import { httpsForced } from './practice/https-forced.ts';
import { namesUnique } from './practice/names-unique.ts';
import { qualysApplianceOnline } from './qualys/qualys-appliance-online.ts';
import { qualysAuthRecord } from './qualys/qualys-auth-record.ts';
import { qualysScanAuthenticated } from './qualys/qualys-scan-authenticated.ts';
import { qualysVaultCurrent } from './qualys/qualys-vault-current.ts';
import { qualysVaultRecord } from './qualys/qualys-vault-record.ts';
import { portOpen } from './reach/port-open.ts';
import { reachableFromAppliance } from './reach/reachable-from-appliance.ts';
import { serviceAnswers } from './reach/service-answers.ts';
import { tlsTrusted } from './reach/tls-trusted.ts';
import { urlResolves } from './reach/url-resolves.ts';
import { webServicesEnabled } from './reach/web-services-enabled.ts';
import { secretApproval } from './secret/secret-approval.ts';
import { secretCheckout } from './secret/secret-checkout.ts';
import { secretComment } from './secret/secret-comment.ts';
import { secretDoublelock } from './secret/secret-doublelock.ts';
import { secretFound } from './secret/secret-found.ts';
import { secretHeartbeat } from './secret/secret-heartbeat.ts';
import { secretLauncherPassword } from './secret/secret-launcher-password.ts';
import { secretReadable } from './secret/secret-readable.ts';
import { secretViewed } from './secret/secret-viewed.ts';

/** The catalogue, in the order of every report. */
export const checks: readonly Check[] = [
  urlResolves,
  portOpen,
  tlsTrusted,
  serviceAnswers,
  webServicesEnabled,
  reachableFromAppliance,

  accountEnabled,
  accountUnlocked,
  accountUnattendedLogin,
  accountLeastPrivilege,
  accountGrouped,
  accountAddressRestricted,
  accountLogsIn,

  secretFound,
  secretReadable,
  secretApproval,
  secretLauncherPassword,
  secretDoublelock,
  secretCheckout,
  secretComment,
  secretHeartbeat,
  secretViewed,

  folderDedicated,
  folderReadOnly,
  httpsForced,
  hstsEnabled,
  namesUnique,

  lockoutSubscribed,
  siemForwarding,
  siemReceiving,

  qualysVaultRecord,
  qualysVaultCurrent,
  qualysAuthRecord,
  qualysApplianceOnline,
  qualysScanAuthenticated,

  directoryAccountUsable,
  directoryScanAccountUsable,
  passwordInStep,
];
