/**
 * What an administrator can set on the simulated Secret Server. Durations carry their unit.
 * Texts that the vendor documents nowhere (`texts`) are settings too, so that nobody comes to rely on them.
 */
export type Settings = {
  version: string;
  hideVersion: boolean;
  healthy: boolean;
  enableWebServices: boolean;
  preventDirectApiAuthentication: boolean;
  requireTwoFactorForWebServices: boolean;
  maximumLoginFailures: number;
  /** 0: locked until somebody unlocks. */
  userLockoutTimeMinutes: number;
  forceHttps: boolean;
  enableHsts: boolean;
  hstsMaxAgeSeconds: number;
  allowWebServiceHttpGet: boolean;
  allowDuplicateSecretNames: boolean;
  enableApprovalFromEmail: boolean;
  /** `None`, `RequireApproval…`: the vendor's words are not documented; anything but `None` forces. */
  forceSecretApproval: string;
  secretViewIntervalMinutes: number;
  defaultCheckOutMinutes: number;
  unlimitedAdministration: boolean;
  readOnlyMode: boolean;
  syslog: Syslog;
  /** IANA name, used to write timestamps. */
  timeZone: string;
  /** What the configuration calls that zone, often a Windows name such as `W. Europe Standard Time`. */
  timeZoneId: string;
  /** Whether ranges of the account and of its groups must both admit an address; not documented. */
  addressRule: 'both' | 'either';
  /** When set, every client seems to come from here: a proxy hides who is who. */
  proxyAddress: string | null;
  /** Minutes that a token lives. The default of the product is 20, answered as 1199 seconds. */
  tokenLifeSeconds: number;
  texts: RefusalTexts;
};

export type Syslog = {
  enabled: boolean;
  server: string;
  port: number;
  protocol: 'UDP' | 'TCP' | 'Secure TCP';
  timeZone: 'UTC Time' | 'Server Time';
};

/** The words of a refused login, in the `error` field. Only `Login failed.` is on record. */
export type RefusalTexts = {
  webServicesDisabled: string;
  webServicesPage: string;
  lockedOut: string;
  addressRefused: string;
  twoFactor: string;
  directApi: string;
  expired: string;
};

export function defaultSettings(): Settings {
  return {
    version: '11.2.000002',
    hideVersion: false,
    healthy: true,
    enableWebServices: true,
    preventDirectApiAuthentication: false,
    requireTwoFactorForWebServices: false,
    maximumLoginFailures: 5,
    userLockoutTimeMinutes: 0,
    forceHttps: true,
    enableHsts: true,
    hstsMaxAgeSeconds: 31_536_000,
    allowWebServiceHttpGet: false,
    allowDuplicateSecretNames: false,
    enableApprovalFromEmail: false,
    forceSecretApproval: 'None',
    secretViewIntervalMinutes: 5,
    defaultCheckOutMinutes: 30,
    unlimitedAdministration: false,
    readOnlyMode: false,
    syslog: {
      enabled: true,
      server: 'siem.corp.example',
      port: 514,
      protocol: 'TCP',
      timeZone: 'UTC Time',
    },
    timeZone: 'UTC',
    timeZoneId: 'UTC',
    addressRule: 'both',
    proxyAddress: null,
    tokenLifeSeconds: 1199,
    texts: defaultTexts(),
  };
}

function defaultTexts(): RefusalTexts {
  return {
    webServicesDisabled: 'Web services are not enabled.',
    webServicesPage: 'Web services are not enabled on this server.',
    lockedOut: 'This account is locked out.',
    addressRefused: 'Access from this address is not allowed.',
    twoFactor: 'Invalid Duo pin code.',
    directApi: 'Direct API authentication is not allowed for this user.',
    expired: 'This account has expired.',
  };
}
