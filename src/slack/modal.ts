import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { anyAnswer } from './web.ts';

const Opened = z.looseObject({ view: z.looseObject({ id: z.string(), hash: z.string().optional() }) });

/** An open modal. `hash`: what it showed then. */
export type Shown = { id: string; hash?: string | undefined };

/**
 * Opens a modal, or says why not. A trigger lasts 3 seconds and is used once, so an empty view opens first and is filled
 * after it (docs.slack.dev/surfaces/modals).
 */
export async function openModal(
  { web }: Pick<Desk, 'web'>,
  trigger: string,
  view: ModalView,
): Promise<{ shown: Shown } | { code: string }> {
  const opened = await web.call('views.open', { trigger_id: trigger, view }, Opened);
  return opened.ok ? { shown: opened.data.view } : { code: opened.fault.code };
}

/**
 * Fills an open modal; null, or why it still shows what it did. `hash`: an update that comes late does not overwrite a
 * newer one.
 */
export async function updateModal(
  { web, log }: Pick<Desk, 'web' | 'log'>,
  { id, hash }: Shown,
  view: ModalView,
): Promise<string | null> {
  const done = await web.call('views.update', { view_id: id, view, ...(hash ? { hash } : {}) }, anyAnswer);
  if (done.ok || done.fault.code === 'hash_conflict') return null;
  log.warn({ code: done.fault.code }, 'A modal could not be filled in Slack');
  return done.fault.code;
}
