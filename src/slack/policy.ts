/**
 * What to do after a refused post or edit.
 * - `later` it may work on another attempt
 * - `never` no attempt can succeed until somebody mends the installation
 * - `elsewhere` not in this channel: tell the person directly
 * - `anew` the message cannot be edited (any more): post another
 * - `plain` the blocks are refused: the text alone is tried once
 */
export type Policy = 'later' | 'never' | 'elsewhere' | 'anew' | 'plain';

/** Source: the error tables of chat.postMessage, chat.update, conversations.open at docs.slack.dev/reference/methods. */
const policies: Readonly<Record<string, Policy>> = {
  channel_not_found: 'elsewhere',
  not_in_channel: 'elsewhere',
  is_archived: 'elsewhere',
  restricted_action: 'elsewhere',
  restricted_action_read_only_channel: 'elsewhere',
  restricted_action_thread_only_channel: 'elsewhere',
  restricted_action_non_threadable_channel: 'elsewhere',
  message_not_found: 'anew',
  thread_not_found: 'anew',
  cannot_reply_to_message: 'anew',
  cant_update_message: 'anew',
  edit_window_closed: 'anew',
  invalid_blocks: 'plain',
  invalid_blocks_format: 'plain',
  msg_blocks_too_long: 'plain',
  msg_too_long: 'plain',
  metadata_too_large: 'plain',
  invalid_metadata_format: 'plain',
  invalid_auth: 'never',
  not_authed: 'never',
  account_inactive: 'never',
  token_revoked: 'never',
  token_expired: 'never',
  missing_scope: 'never',
  no_permission: 'never',
  not_allowed_token_type: 'never',
  user_not_found: 'never',
  users_not_found: 'never',
  user_disabled: 'never',
  cannot_dm_bot: 'never',
  no_text: 'never',
  invalid_arguments: 'never',
  messages_tab_disabled: 'never',
};

/** A code that no table names is tried again: the queue bounds the attempts, and a report that is dropped is lost. */
export function policyOf(code: string): Policy {
  return policies[code] ?? 'later';
}
