import type { Group, User } from '../world/accounts.ts';
import { domainName } from '../world/find.ts';
import { groupsOf } from '../world/rights.ts';
import type { UserAudit } from '../world/trail.ts';
import { type Ask, time } from './route.ts';

type Row = Record<string, unknown>;

export function userSummary(ask: Ask, user: User): Row {
  return {
    id: user.id,
    userName: user.userName,
    displayName: user.displayName,
    lastLogin: time(ask, user.lastLoginAt),
    created: time(ask, user.createdAt),
    enabled: user.enabled,
    loginFailures: user.loginFailures,
    emailAddress: user.email,
    domainId: user.domainId,
    domainName: domainName(ask.world, user.domainId),
    isLockedOut: user.isLockedOut,
    isApplicationAccount: user.isApplicationAccount,
    twoFactorMethod: user.twoFactorMethod,
    externalUserSource: 'None',
    ...(ask.profile.generation === '10.9' ? {} : { platformIntegrationType: 'None' }),
  };
}

/** Unlike the summary it has no `twoFactorMethod`, no `domainName`; the methods are booleans here. */
export function userModel(ask: Ask, user: User): Row {
  return {
    ...identity(user),
    ...secondFactors(user),
    ...state(ask, user),
    ...preferences(user),
    ...(ask.profile.generation === '10.9' ? {} : { platformIntegrationType: 'None' }),
    ...(ask.profile.generation === '2026' ? { platformServiceUser: false } : {}),
  };
}

function identity(user: User): Row {
  return {
    id: user.id,
    userName: user.userName,
    displayName: user.displayName,
    domainId: user.domainId,
    emailAddress: user.email,
    adGuid: null,
    externalUserSource: 'None',
    isApplicationAccount: user.isApplicationAccount,
    personalGroupId: user.personalGroupId,
    radiusUserName: user.userName,
    slackId: null,
  };
}

function secondFactors({ twoFactorMethod: method }: User): Row {
  return {
    twoFactor: method === 'Email',
    duoTwoFactor: method === 'Duo',
    fido2TwoFactor: method === 'Fido2',
    oathTwoFactor: method === 'TOTPAuthenticator',
    oathVerified: method === 'TOTPAuthenticator',
    radiusTwoFactor: method === 'Radius',
  };
}

function state(ask: Ask, user: User): Row {
  return {
    enabled: user.enabled,
    isLockedOut: user.isLockedOut,
    lockOutReason: user.lockOutReason,
    lockOutReasonDescription: user.lockOutReason && 'Too many failed logins',
    loginFailures: user.loginFailures,
    lastLogin: time(ask, user.lastLoginAt),
    lastSessionActivity: user.lastLoginAt === null ? null : time(ask, user.lastLoginAt),
    created: time(ask, user.createdAt),
    passwordLastChanged: time(ask, user.passwordLastChangedAt),
    adAccountExpires: time(ask, user.adExpiresAt),
    resetSessionStarted: time(ask, null),
    verifyEmailSentDate: time(ask, null),
    /** Always null in the recorded sample: the ranges have addresses of their own. */
    ipAddressRestrictions: null,
  };
}

function preferences(user: User): Row {
  return {
    dateOptionId: -1,
    timeOptionId: -1,
    userLcid: 0,
    isEmailCopiedFromAD: false,
    isEmailVerified: user.email !== null,
    mustVerifyEmail: false,
    unixAuthenticationMethod: 'Password',
  };
}

export function userAudit(ask: Ask, audit: UserAudit): Row {
  const name = (id: number | null) =>
    ask.world.users.find((user) => user.id === id)?.displayName ?? 'ThycoticSystem';
  return {
    action:
      ask.profile.userActions === 'code' ? audit.action.toUpperCase().replaceAll(' ', '') : audit.action,
    notes: audit.notes,
    dateRecorded: time(ask, audit.at),
    ipAddress: audit.from,
    machineName: 'VAULT01',
    databaseName: null,
    userId: audit.byUserId ?? ask.profile.absentId,
    displayName: name(audit.byUserId),
    userIdAffected: audit.affectedUserId,
    displayNameAffected: name(audit.affectedUserId),
  };
}

export function membership(ask: Ask, group: Group, user: User): Row {
  return {
    groupId: group.id,
    groupName: group.name,
    groupDomainId: group.domainId,
    groupDomainName: domainName(ask.world, group.domainId),
    userId: user.id,
    userName: user.userName,
    displayName: user.displayName,
    enabled: user.enabled,
    userDomainId: user.domainId,
    userDomainName: domainName(ask.world, user.domainId),
  };
}

/** Roles with the groups that bring them; a role may come both ways. */
export function assignedRoles(ask: Ask, user: User): Row[] {
  const groups = groupsOf(ask.world, user);
  return ask.world.roles
    .map((role) => ({ role, via: groups.filter((group) => group.roleIds.includes(role.id)) }))
    .filter(({ role, via }) => via.length > 0 || user.roleIds.includes(role.id))
    .map(({ role, via }) => ({
      roleId: role.id,
      roleName: role.name,
      isDirectAssignment: user.roleIds.includes(role.id),
      groups: via.map(({ id, name }) => ({ groupId: id, groupName: name })),
    }));
}
