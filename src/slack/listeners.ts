import type { App } from '@slack/bolt';
import { runClick } from './actions.ts';
import { askOfInteraction, askOfSlash } from './ask.ts';
import type { View } from './blocks.ts';
import { runCommand } from './commands.ts';
import { type Desk, tellPrivately } from './desk.ts';
import { callbackIds } from './ids.ts';
import { Click, MessageShortcut, Slash, Submission, Suggesting } from './payloads.ts';
import { sentence } from './render/answer.ts';
import { sentenceView } from './render/details.ts';
import { notTaken, submitResolve } from './resolve-form.ts';
import { openCheck, submitCheck, suggestSecrets, wrong } from './shortcut.ts';
import { answered, type Surface, safeAck } from './surface.ts';

/** Counts what is being answered, so that a stop can wait for it. */
export type InFlight = { run(work: () => Promise<void>): Promise<void>; count(): number };

const everything = /^/;
const unreadableWords =
  'Vaultcheck could not read what Slack sent, so nothing was started. Tell whoever runs it: this version may be too old.';
const takesLonger = 'This takes longer than usual. The answer follows here.';
type Ack = Parameters<typeof safeAck>[0];

/**
 * One listener per kind of request, each for all names: the library runs every listener that matches, so that
 * catching what nobody knows is only safe in the one place that also knows the rest.
 */
export function listen(app: App, desk: Desk, inFlight: InFlight): void {
  const listener =
    (handle: (desk: Desk, body: unknown, ack: Ack) => Promise<void>, unreadable?: object) =>
    async ({ body, ack }: { body: unknown; ack: unknown }) =>
      inFlight.run(async () => {
        try {
          await handle(desk, body, ack as Ack);
        } catch (error) {
          desk.log.error(
            { error: error instanceof Error ? error.name : '' },
            'A request from Slack could not be read',
          );
          await safeAck(ack as Ack, desk.log, () => undefined)(unreadable);
        }
      });
  app.command(everything, listener(onCommand, { text: unreadableWords }));
  app.action(everything, listener(onClick));
  app.shortcut(everything, listener(onShortcut));
  app.view(everything, listener(onSubmission));
  app.options(everything, listener(onSuggesting));
}

function timed(desk: Desk, ack: Ack) {
  const startedMs = performance.now();
  return safeAck(ack, desk.log, () => desk.telemetry.commandAcknowledged(performance.now() - startedMs));
}

/** A slash command is answered within its acknowledgement. */
async function onCommand(desk: Desk, given: unknown, rawAck: Ack): Promise<void> {
  const body = Slash.parse(given);
  desk.slash.name = body.command;
  const ask = askOfSlash(body, desk.clock());
  const ack = timed(desk, rawAck);
  const shown = (view: View) => ack({ response_type: 'ephemeral', ...view });
  const surface: Surface = {
    ack,
    tell: (view) => (ack.done() ? tellPrivately(desk, ask, view) : shown(view)),
    late: () => shown(sentence(takesLonger)),
  };
  await answered(surface, desk.log, async () => surface.tell(await runCommand(desk, ask, body.text)));
}

/** A click is acknowledged when its job is stored, and the words come after it. */
async function onClick(desk: Desk, given: unknown, rawAck: Ack): Promise<void> {
  const click = Click.parse(given);
  const channel = click.channel ?? (click.container.channel_id ? { id: click.container.channel_id } : null);
  const ask = askOfInteraction({ ...click, channel }, desk.clock());
  const surface = interactive(desk, ask, timed(desk, rawAck));
  await answered(surface, desk.log, async () => {
    const view = await runClick({ desk, ask, click, ack: () => surface.ack() });
    if (view) await surface.tell(view);
  });
}

async function onShortcut(desk: Desk, given: unknown, rawAck: Ack): Promise<void> {
  const body = MessageShortcut.parse(given);
  const ask = askOfInteraction(body, desk.clock());
  const surface = interactive(desk, ask, timed(desk, rawAck));
  await answered(surface, desk.log, async () => {
    const view = await openCheck(desk, ask, body, () => surface.ack());
    if (view) await surface.tell(view);
  });
}

function interactive(desk: Desk, ask: Parameters<typeof tellPrivately>[1], ack: Surface['ack']): Surface {
  return {
    ack,
    late: () => ack(),
    tell: async (view) => {
      await ack();
      await tellPrivately(desk, ask, view);
    },
  };
}

/** A form is answered within its acknowledgement: under the field when it cannot be taken. */
async function onSubmission(desk: Desk, given: unknown, rawAck: Ack): Promise<void> {
  const body = Submission.parse(given);
  const resolving = body.view.callback_id === callbackIds.resolve;
  const ack = timed(desk, rawAck);
  const surface: Surface = {
    ack,
    tell: ({ text }) => ack(resolving ? notTaken(text) : wrong(text)),
    late: () => ack({ response_action: 'update', view: sentenceView('Vaultcheck', takesLonger) }),
  };
  await answered(surface, desk.log, async () =>
    ack(await (resolving ? submitResolve(desk, body) : submitCheck(desk, body))),
  );
}

async function onSuggesting(desk: Desk, given: unknown, rawAck: Ack): Promise<void> {
  const body = Suggesting.parse(given);
  const ack = timed(desk, rawAck);
  const nothing = () => ack({ options: [] });
  await answered({ ack, tell: nothing, late: nothing }, desk.log, async () =>
    ack(await suggestSecrets(desk, body)),
  );
}
