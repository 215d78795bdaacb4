/**
 * Logins that were refused, remembered so that nobody tries them again and locks our own account. The key is a keyed
 * hash over system, account and password: a changed password is a new key, and the store never sees a secret.
 */
export type Refusals = {
  /** The vendor's text of a remembered refusal. */
  recall(key: string): Promise<{ text: string; at: number } | null>;
  remember(key: string, text: string, at: number): Promise<void>;
};
