import { z } from 'zod';

/**
 * What Slack sends, as far as it is used. Slack's own ids are trusted once the envelope came by our socket or with a
 * good signature; everything that people can write is checked where it is used.
 */
export const Slash = z.looseObject({
  team_id: z.string(),
  user_id: z.string(),
  channel_id: z.string(),
  command: z.string(),
  text: z.string().default(''),
  trigger_id: z.string().default(''),
  response_url: z.string().optional(),
});

const WhoWhere = {
  user: z.looseObject({ id: z.string(), team_id: z.string().optional() }),
  team: z.looseObject({ id: z.string() }).nullish(),
  channel: z.looseObject({ id: z.string() }).nullish(),
  trigger_id: z.string().default(''),
  response_url: z.string().optional(),
};

export const Click = z.looseObject({
  ...WhoWhere,
  container: z
    .looseObject({ channel_id: z.string().optional(), is_ephemeral: z.boolean().optional() })
    .default({}),
  message: z.looseObject({ ts: z.string() }).optional(),
  view: z.looseObject({ id: z.string(), hash: z.string().optional() }).optional(),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string(),
        value: z.string().optional(),
        /** Of a menu. */
        selected_option: z.looseObject({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});
export type Click = z.infer<typeof Click>;

export const MessageShortcut = z.looseObject({ ...WhoWhere, callback_id: z.string() });

/** What was chosen, or typed. */
const Chosen = z.looseObject({
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  value: z.string().nullish(),
});

export const Submission = z.looseObject({
  ...WhoWhere,
  view: z.looseObject({
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), Chosen)) }),
  }),
});

export const Suggesting = z.looseObject({
  ...WhoWhere,
  action_id: z.string(),
  value: z.string().default(''),
});

/** Every interaction, as far as it says who acted. */
export const Interaction = z.looseObject(WhoWhere);
export type Interaction = z.infer<typeof Interaction>;
