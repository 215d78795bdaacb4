import { z } from 'zod';
import type { VaultConfiguration } from '../../../ports/vault.ts';
import { countOrNull, flagOrNull, wordsOrNull } from './shapes.ts';

/** Section names differ between versions: `login` was `loginSettings`. */
const section = <S extends z.ZodType>(shape: S) => shape.nullish();

const ApplicationSettings = z.object({
  enableWebServices: flagOrNull,
  preventDirectApiAuthentication: flagOrNull,
  enableSyslogCefLogging: flagOrNull,
  syslogCefServer: wordsOrNull,
  syslogCefPort: countOrNull,
  syslogCefProtocol: wordsOrNull,
  syslogCefTimeZone: wordsOrNull,
});

export const SecuritySettings = z.object({
  forceHttps: flagOrNull,
  enableHSTS: flagOrNull,
  hstsMaxAge: countOrNull,
});
type SecuritySettings = z.infer<typeof SecuritySettings>;

export const LoginSettings = z.object({
  maximumLoginFailures: countOrNull,
  twoFactor: z.object({ requireTwoFactorForWebServices: flagOrNull }).nullish(),
});
type LoginSettings = z.infer<typeof LoginSettings>;

/** A word whose values are on no record; only the one for "not forced" can be told. */
const forced = z
  .union([z.string(), z.boolean()])
  .nullish()
  .transform((value) => {
    if (typeof value === 'boolean') return value;
    return value ? !/^(none|no|false|off|0|disabled|notrequired)$/i.test(value.replace(/\s/g, '')) : null;
  });

const PermissionOptions = z.object({ allowDuplicateSecretNames: flagOrNull, forceSecretApproval: forced });

const UserExperience = z.object({ secretViewIntervalMinutes: countOrNull, serverTimeZoneId: wordsOrNull });

export const GeneralConfiguration = z
  .object({
    applicationSettings: section(ApplicationSettings),
    security: section(SecuritySettings),
    securitySettings: section(SecuritySettings),
    login: section(LoginSettings),
    loginSettings: section(LoginSettings),
    permissionOptions: section(PermissionOptions),
    userExperience: section(UserExperience),
    userExperienceSettings: section(UserExperience),
  })
  .transform((sections): VaultConfiguration => {
    const { applicationSettings, permissionOptions } = sections;
    const experience = sections.userExperience ?? sections.userExperienceSettings;
    return {
      ...securityValues(sections.security ?? sections.securitySettings),
      ...loginValues(sections.login ?? sections.loginSettings),
      webServicesEnabled: applicationSettings?.enableWebServices ?? null,
      directApiPrevented: applicationSettings?.preventDirectApiAuthentication ?? null,
      approvalForced: permissionOptions?.forceSecretApproval ?? null,
      duplicateNamesAllowed: permissionOptions?.allowDuplicateSecretNames ?? null,
      viewIntervalMinutes: experience?.secretViewIntervalMinutes ?? null,
      serverTimeZone: experience?.serverTimeZoneId ?? null,
      syslog: applicationSettings ? syslogOf(applicationSettings) : null,
    };
  });

/** What a server without the general configuration can be asked: the rest stays null. */
export function olderConfiguration(security?: SecuritySettings, login?: LoginSettings): VaultConfiguration {
  return { ...GeneralConfiguration.parse({}), ...securityValues(security), ...loginValues(login) };
}

function securityValues(security: SecuritySettings | null | undefined) {
  return {
    forceHttps: security?.forceHttps ?? null,
    hstsEnabled: security?.enableHSTS ?? null,
    hstsMaxAgeSeconds: security?.hstsMaxAge ?? null,
  };
}

function loginValues(login: LoginSettings | null | undefined) {
  return {
    maximumLoginFailures: login?.maximumLoginFailures ?? null,
    twoFactorForWebServices: login?.twoFactor?.requireTwoFactorForWebServices ?? null,
  };
}

function syslogOf(settings: z.infer<typeof ApplicationSettings>): VaultConfiguration['syslog'] {
  if (settings.enableSyslogCefLogging === null) return null;
  return {
    enabled: settings.enableSyslogCefLogging,
    server: settings.syslogCefServer,
    port: settings.syslogCefPort,
    protocol: settings.syslogCefProtocol,
    timeZone: settings.syslogCefTimeZone,
  };
}
