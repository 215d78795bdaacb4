/**
 * Why the bot could not start. `refused`: Slack answered, and a token or scope is wrong, so trying again is of no use;
 * otherwise Slack was not reached. The message says what to look at, and holds no token.
 */
export class SlackStartFailure extends Error {
  override readonly name = 'SlackStartFailure';
  readonly refused: boolean;
  /** The variable to look at. */
  readonly variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'PORT';

  constructor(variable: SlackStartFailure['variable'], code: string, refused: boolean) {
    super(words(variable, code, refused));
    this.variable = variable;
    this.refused = refused;
  }
}

const remedies = {
  SLACK_BOT_TOKEN:
    'copy the bot token (xoxb-…) again from "OAuth & Permissions" of the Slack app; after a change of its scopes install it to the workspace again',
  SLACK_APP_TOKEN:
    'copy the app-level token (xapp-…) again from "Basic Information" of the Slack app; it needs the scope connections:write',
} as const;

function words(variable: SlackStartFailure['variable'], code: string, refused: boolean): string {
  if (variable === 'PORT')
    return `The port for Slack's requests cannot be opened (${code}): set PORT to a free one.`;
  if (refused) return `Slack does not accept ${variable} (${code}): ${remedies[variable]}.`;
  return `Slack cannot be reached (${code}): check the network, HTTPS_PROXY and SLACK_API_URL.`;
}

/** What Slack's Web API says of a token that will not become better by itself. */
export function isRefusal(code: string): boolean {
  return /^(invalid_auth|not_authed|account_inactive|token_(revoked|expired)|missing_scope|not_allowed_token_type|no_permission|org_login_required|team_.*)$/.test(
    code,
  );
}
