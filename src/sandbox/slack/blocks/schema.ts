import { z } from 'zod';

/**
 * Block Kit as far as it is checked here, with Slack's limits (docs.slack.dev/reference/block-kit: each block's and
 * element's page). Strict: Slack refuses a field it does not know.
 */
const chars = (max: number) => z.string().min(1).max(max);
const id = z.string().min(1).max(255);
const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: chars(max), emoji: z.boolean().optional() });
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: chars(max), verbatim: z.boolean().optional() });
const words = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);

const option = z.strictObject({
  text: words(75),
  value: chars(150),
  description: words(75).optional(),
  url: z.string().max(3000).optional(),
});
const options = (max: number) => z.array(option).min(1).max(max);
const optionGroups = z.array(z.strictObject({ label: plain(75), options: options(100) })).max(100);
const confirm = z.strictObject({
  title: plain(100),
  text: words(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const element = <T extends string>(type: T) => ({
  type: z.literal(type),
  action_id: id.optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
});
const placeholder = plain(150).optional();

const image = z.strictObject({
  type: z.literal('image'),
  image_url: chars(3000),
  alt_text: chars(2000),
});
const button = z.strictObject({
  ...element('button'),
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});
const overflow = z.strictObject({ ...element('overflow'), options: options(5) });
const staticSelect = z.strictObject({
  ...element('static_select'),
  placeholder,
  options: options(100).optional(),
  option_groups: optionGroups.optional(),
  initial_option: option.optional(),
});
const externalSelect = z.strictObject({
  ...element('external_select'),
  placeholder,
  min_query_length: z.number().int().min(0).optional(),
  initial_option: option.optional(),
});
const peopleSelect = z.strictObject({
  ...element('users_select'),
  placeholder,
  initial_user: z.string().optional(),
});
const conversationSelect = z.strictObject({
  ...element('conversations_select'),
  placeholder,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: z.looseObject({}).optional(),
});
const channelSelect = z.strictObject({
  ...element('channels_select'),
  placeholder,
  initial_channel: z.string().optional(),
});
const checkboxes = z.strictObject({
  ...element('checkboxes'),
  options: options(10),
  initial_options: options(10).optional(),
});
const radioButtons = z.strictObject({
  ...element('radio_buttons'),
  options: options(10),
  initial_option: option.optional(),
});
const timePicker = z.strictObject({
  ...element('timepicker'),
  placeholder,
  initial_time: z.string().optional(),
  timezone: z.string().optional(),
});
const textInput = z.strictObject({
  ...element('plain_text_input'),
  placeholder,
  initial_value: z.string().optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  dispatch_action_config: z.looseObject({}).optional(),
});

const choices = [staticSelect, externalSelect, peopleSelect, conversationSelect, channelSelect] as const;
const interactive = z.discriminatedUnion('type', [
  button,
  overflow,
  ...choices,
  checkboxes,
  radioButtons,
  timePicker,
]);
const accessory = z.discriminatedUnion('type', [image, ...interactive.options]);
const inputElement = z.discriminatedUnion('type', [
  textInput,
  ...choices,
  checkboxes,
  radioButtons,
  timePicker,
]);

const block = <T extends string>(type: T) => ({ type: z.literal(type), block_id: id.optional() });
const section = z.strictObject({
  ...block('section'),
  text: words(3000).optional(),
  fields: z.array(words(2000)).min(1).max(10).optional(),
  accessory: accessory.optional(),
  expand: z.boolean().optional(),
});
const context = z.strictObject({
  ...block('context'),
  elements: z
    .array(z.discriminatedUnion('type', [plain(3000), mrkdwn(3000), image]))
    .min(1)
    .max(10),
});

export const Block = z.discriminatedUnion('type', [
  z.strictObject({ ...block('header'), text: plain(150) }),
  section,
  context,
  z.strictObject({ ...block('divider') }),
  z.strictObject({ ...block('actions'), elements: z.array(interactive).min(1).max(25) }),
  z.strictObject({ ...image.shape, ...block('image'), title: plain(2000).optional() }),
  z.strictObject({
    ...block('input'),
    label: plain(2000),
    element: inputElement,
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  z.strictObject({ ...block('markdown'), text: chars(12_000) }),
]);

const view = {
  blocks: z.array(Block).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

export const ViewContent = z.discriminatedUnion('type', [
  z.strictObject({
    ...view,
    type: z.literal('modal'),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  }),
  z.strictObject({ ...view, type: z.literal('home') }),
]);
