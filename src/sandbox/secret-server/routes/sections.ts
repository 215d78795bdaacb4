import type { Ask } from './route.ts';

type Row = Record<string, unknown>;

/** The sections of the configuration by their 11.2 names; null where the caller lacks the permission for that part. */
export function sections(ask: Ask) {
  return {
    applicationSettings: applicationSettings(ask),
    email: null,
    folders: null,
    launcherSettings: null,
    localUserPasswords: localUserPasswords(),
    login: login(ask),
    permissionOptions: permissionOptions(ask),
    protocolHandlerSettings: null,
    security: ask.holds.has('View Configuration Security') ? security(ask) : null,
    sessionRecording: null,
    unlimitedAdmin: ask.holds.has('View Configuration Unlimited Admin')
      ? { enabled: ask.world.settings.unlimitedAdministration }
      : null,
    userExperience: userExperience(ask),
    userInterface: null,
  };
}

function applicationSettings({ world, profile }: Ask): Row {
  const { settings } = world;
  return {
    enableWebServices: settings.enableWebServices,
    ...(profile.generation === '10.9'
      ? {}
      : { preventDirectApiAuthentication: settings.preventDirectApiAuthentication }),
    apiSessionTimeoutDays: 0,
    apiSessionTimeoutHours: 0,
    apiSessionTimeoutMinutes: Math.ceil(settings.tokenLifeSeconds / 60),
    apiSessionTimeoutUnlimited: false,
    apiRefreshTokensEnabled: true,
    maximumTokenRefreshesAllowed: 3,
    enableSyslogCefLogging: settings.syslog.enabled,
    syslogCefServer: settings.syslog.server,
    syslogCefPort: settings.syslog.port,
    syslogCefProtocol: settings.syslog.protocol,
    syslogCefTimeZone: settings.syslog.timeZone,
    syslogCefLogSite: null,
    writeSyslogToEventLog: false,
    customUrl: '',
  };
}

function localUserPasswords(): Row {
  return {
    passwordMinimumLength: 12,
    passwordRequireLowercase: true,
    passwordRequireNumbers: true,
    passwordRequireSymbols: true,
    passwordRequireUppercase: true,
    enableLocalUserPasswordExpiration: false,
  };
}

function login({ world, holds }: Ask): Row {
  const { settings } = world;
  return {
    maximumLoginFailures: settings.maximumLoginFailures,
    userLockoutTimeMinutes: settings.userLockoutTimeMinutes,
    allowRememberMe: false,
    rememberMeTimeOutMinutes: 0,
    cacheADCredentials: false,
    maxConcurrentLoginsPerUser: 10,
    twoFactor: holds.has('View Configuration Two Factor')
      ? {
          requireTwoFactorForWebLogin: false,
          requireTwoFactorForWebServices: settings.requireTwoFactorForWebServices,
          allowTwoFactorRememberMe: false,
          twoFactorRememberMeTimeOutDays: 0,
          duo: null,
          openIdConnect: null,
          radius: null,
        }
      : null,
  };
}

function permissionOptions({ world }: Ask): Row {
  return {
    allowDuplicateSecretNames: world.settings.allowDuplicateSecretNames,
    allowViewUserToRetrieveAutoChangeNextPassword: false,
    defaultSecretPermissions: 'InheritsPermissions',
    enableApprovalFromEmail: world.settings.enableApprovalFromEmail,
    forceSecretApproval: world.settings.forceSecretApproval,
  };
}

function security({ world }: Ask): Row {
  const { settings } = world;
  return {
    forceHttps: settings.forceHttps,
    enableHSTS: settings.enableHsts,
    hstsMaxAge: settings.hstsMaxAgeSeconds,
    allowWebServiceHttpGet: settings.allowWebServiceHttpGet,
    hideVersionNumber: settings.hideVersion,
    enableFrameBlocking: true,
    enableFileRestrictions: true,
    fileExtensionRestrictions: '*.txt,*.pdf',
    maximumFileSizeBytes: '5242880',
    auditTlsErrors: false,
    fipsEnabled: false,
  };
}

function userExperience({ world }: Ask): Row {
  return {
    serverTimeZoneId: world.settings.timeZoneId,
    secretViewIntervalMinutes: world.settings.secretViewIntervalMinutes,
    requireFolderForSecret: true,
    defaultNewUserRoleId: null,
    forceInactivityTimeout: false,
  };
}
