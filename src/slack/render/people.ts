import { say } from '../text.ts';

/** Somebody as Slack shows them. Ids come from Slack; what has another form is shown as text and mentions nobody. */
export function person(id: string): string {
  return /^[UW][A-Z0-9]{1,20}$/.test(id) ? `<@${id}>` : say(id, 40);
}

/** Who is called when nobody took an incident: a user group (S…) or one person. Null for any other form. */
export function called(id: string): string | null {
  if (/^S[A-Z0-9]{1,20}$/.test(id)) return `<!subteam^${id}>`;
  return /^[UW][A-Z0-9]{1,20}$/.test(id) ? `<@${id}>` : null;
}
