import { h, menu } from './dom.js';
import { mrkdwn, textObject } from './mrkdwn.js';

/**
 * Draws Block Kit. `context` has: place (for mrkdwn), operate({blockId, actionId, answer, button}) and
 * suggest({actionId, typed}); `held` are values to keep, by block and action.
 */
export function renderBlocks(blocks, context) {
  return blocks.map((block) => {
    const element = (renderers[block.type] ?? unknown)(block, context);
    element.dataset.blockId = block.block_id;
    element.classList.add('block', `block-${block.type}`);
    return element;
  });
}

const unknown = (block) => h('div', { class: 'unknown' }, `(${block.type} block)`);

const renderers = {
  header: (block, { place }) => h('h3', null, textObject(block.text, place)),
  divider: () => h('hr'),
  section: (block, context) =>
    h(
      'div',
      null,
      h(
        'div',
        { class: 'words' },
        block.text ? h('div', { class: 'mrkdwn' }, textObject(block.text, context.place)) : null,
        block.fields
          ? h(
              'div',
              { class: 'fields' },
              block.fields.map((field) => h('div', { class: 'mrkdwn' }, textObject(field, context.place))),
            )
          : null,
      ),
      block.accessory ? h('div', { class: 'accessory' }, control(block, block.accessory, context)) : null,
    ),
  context: (block, { place }) =>
    h(
      'div',
      null,
      block.elements.map((element) =>
        element.type === 'image'
          ? picture(element)
          : h('span', { class: 'mrkdwn' }, textObject(element, place)),
      ),
    ),
  actions: (block, context) =>
    h(
      'div',
      null,
      block.elements.map((element) => control(block, element, context)),
    ),
  image: (block, { place }) =>
    h(
      'figure',
      null,
      block.title ? h('figcaption', null, textObject(block.title, place)) : null,
      picture(block),
    ),
  markdown: (block, { place }) => h('div', { class: 'mrkdwn' }, mrkdwn(block.text, place)),
  input: (block, context) => {
    const id = `field-${block.block_id}`;
    return h(
      'div',
      { 'data-testid': `input-${block.block_id}` },
      h(
        'label',
        { for: id },
        textObject(block.label, context.place),
        block.optional ? h('small', null, ' (optional)') : null,
      ),
      control(block, block.element, { ...context, id, quiet: !block.dispatch_action }),
      block.hint ? h('small', { class: 'hint' }, textObject(block.hint, context.place)) : null,
      h('small', { class: 'field-error', role: 'alert', 'data-error-for': block.block_id }),
    );
  },
};

const picture = (image) => h('img', { src: image.image_url, alt: image.alt_text, loading: 'lazy' });

function control(block, element, context) {
  if (element.type === 'image') return picture(element);
  const draw = controls[element.type] ?? unknown;
  const drawn = draw(element, {
    ...context,
    blockId: block.block_id,
    label: element.placeholder?.text ?? block.label?.text ?? element.action_id,
    held: context.held?.[block.block_id]?.[element.action_id],
  });
  drawn.dataset.testid ??= element.action_id;
  drawn.dataset.actionId = element.action_id;
  return drawn;
}

/** A use of a control, after the person confirmed where the app wants that. */
async function use(element, context, answer, button) {
  if (element.confirm && !(await confirmed(element.confirm, context.place))) return;
  context.operate({ blockId: context.blockId, actionId: element.action_id, answer, button });
}

const options = (element) =>
  element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

const controls = {
  button: (element, context) => {
    const link = element.url && /^https?:/.test(element.url);
    return h(
      'button',
      {
        type: 'button',
        class: `button ${element.style ?? ''}`,
        'aria-label': element.accessibility_label,
        onclick: ({ currentTarget }) => {
          if (link) window.open(element.url, '_blank', 'noopener');
          use(element, context, undefined, currentTarget);
        },
      },
      textObject(element.text, context.place),
    );
  },
  overflow: (element, context) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button overflow',
        'aria-label': 'More actions',
        'aria-haspopup': 'menu',
        onclick: ({ currentTarget }) =>
          menu(
            currentTarget,
            element.options.map((option) => ({
              label: textObject(option.text, context.place),
              detail: option.description?.text,
              value: option.value,
              act: () => use(element, context, option.value, currentTarget),
            })),
          ),
      },
      '⋯',
    ),
  static_select: (element, context) =>
    select(
      element,
      context,
      options(element).map((one) => [one.value, one.text.text]),
      element.initial_option?.value,
    ),
  users_select: (element, context) =>
    select(element, context, context.place.allPeople(), element.initial_user),
  channels_select: (element, context) =>
    select(element, context, context.place.allChannels(), element.initial_channel),
  conversations_select: (element, context) =>
    select(element, context, context.place.allChannels(), element.initial_conversation),
  external_select: typeahead,
  plain_text_input: (element, context) =>
    h(
      element.multiline ? 'textarea' : 'input',
      {
        id: context.id,
        class: 'field',
        'data-field': true,
        rows: element.multiline ? 4 : null,
        maxlength: element.max_length,
        placeholder: element.placeholder?.text,
        value: element.multiline ? null : (context.held ?? element.initial_value),
      },
      element.multiline ? (context.held ?? element.initial_value ?? '') : null,
    ),
  timepicker: (element, context) =>
    h('input', {
      id: context.id,
      type: 'time',
      class: 'field',
      'data-field': true,
      'aria-label': context.label,
      value: context.held ?? element.initial_time,
      onchange: (event) => context.quiet || use(element, context, event.target.value),
    }),
  checkboxes: (element, context) => choices('checkbox', element, context),
  radio_buttons: (element, context) => choices('radio', element, context),
};

function select(element, context, rows, initial) {
  const chosen = context.held ?? initial;
  return h(
    'select',
    {
      id: context.id,
      class: 'field',
      'data-field': true,
      'aria-label': context.label,
      onchange: (event) => context.quiet || use(element, context, event.target.value, event.target),
    },
    h('option', { value: '' }, element.placeholder?.text ?? 'Choose…'),
    rows.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );
}

function choices(type, element, context) {
  const held =
    context.held ??
    (element.initial_options ?? [element.initial_option]).filter(Boolean).map((one) => one.value);
  const box = h(
    'fieldset',
    { id: context.id, 'data-field': type },
    element.options.map((option) =>
      h(
        'label',
        { class: 'choice' },
        h('input', {
          type,
          name: `${context.blockId}-${element.action_id}`,
          value: option.value,
          checked: [held].flat().includes(option.value),
          onchange: () => context.quiet || use(element, context, fieldValue(box)),
        }),
        h(
          'span',
          null,
          textObject(option.text, context.place),
          option.description ? h('small', null, textObject(option.description, context.place)) : null,
        ),
      ),
    ),
  );
  return box;
}

/** An external select: the app is asked for options while the person types. */
function typeahead(element, context) {
  const least = element.min_query_length ?? 3;
  const list = h('div', { class: 'offers', role: 'listbox', hidden: true });
  const input = h('input', {
    id: context.id,
    class: 'field',
    role: 'combobox',
    autocomplete: 'off',
    'aria-expanded': 'false',
    'aria-label': context.label,
    placeholder: element.placeholder?.text ?? 'Type to search…',
    value: element.initial_option?.text.text,
  });
  const box = h(
    'div',
    {
      class: 'typeahead',
      'data-field': 'external',
      'data-value': context.held ?? element.initial_option?.value ?? '',
    },
    input,
    list,
  );
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  };
  const pick = (option) => {
    input.value = option.text.text;
    box.dataset.value = option.value;
    close();
    if (!context.quiet) use(element, context, option.value);
  };
  const ask = async () => {
    const typed = input.value;
    if (typed.length < least) return close();
    const offered = await context.suggest({ actionId: element.action_id, typed });
    if (typed !== input.value) return;
    const rows = offered.map((option) =>
      h(
        'button',
        { type: 'button', role: 'option', tabindex: -1, onclick: () => pick(option) },
        textObject(option.text, context.place),
      ),
    );
    list.replaceChildren(...(rows.length ? rows : [h('span', { class: 'none' }, 'Nothing found')]));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  let waiting;
  input.addEventListener('input', () => {
    box.dataset.value = '';
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener('focus', () => box.dataset.value || ask());
  box.addEventListener('focusout', (event) => box.contains(event.relatedTarget) || close());
  box.addEventListener('keydown', (event) => {
    const rows = [...list.querySelectorAll('button')];
    const at = rows.indexOf(document.activeElement);
    if (event.key === 'ArrowDown' && rows.length) {
      event.preventDefault();
      rows[Math.min(at + 1, rows.length - 1)].focus();
    }
    if (event.key === 'ArrowUp' && rows.length) {
      event.preventDefault();
      (rows[at - 1] ?? input).focus();
    }
    if (event.key === 'Enter' && at < 0 && rows[0]) {
      event.preventDefault();
      rows[0].click();
    }
  });
  return box;
}

function fieldValue(field) {
  const kind = field.dataset.field;
  if (kind === 'external') return field.dataset.value;
  if (kind === 'checkbox') return [...field.querySelectorAll(':checked')].map((one) => one.value);
  if (kind === 'radio') return field.querySelector(':checked')?.value ?? '';
  return field.value;
}

/** What all fields under `root` hold: block → action → value. */
export function answersIn(root) {
  const answers = {};
  for (const field of root.querySelectorAll('[data-field]')) {
    const block = field.closest('[data-block-id]').dataset.blockId;
    answers[block] = { ...answers[block], [field.dataset.actionId]: fieldValue(field) };
  }
  return answers;
}

/** The small question before a dangerous action. */
function confirmed(confirm, place) {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      {
        class: 'modal small',
        'data-testid': 'confirm',
        onclose: () => {
          resolve(dialog.returnValue === 'yes');
          dialog.remove();
        },
      },
      h('header', null, h('h2', null, textObject(confirm.title, place))),
      h('div', { class: 'body mrkdwn' }, textObject(confirm.text, place)),
      h(
        'footer',
        null,
        h(
          'button',
          { type: 'button', class: 'button', onclick: () => dialog.close('no') },
          textObject(confirm.deny, place),
        ),
        h(
          'button',
          {
            type: 'button',
            class: `button ${confirm.style ?? 'primary'}`,
            onclick: () => dialog.close('yes'),
          },
          textObject(confirm.confirm, place),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
