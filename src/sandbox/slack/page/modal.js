import { answersIn, renderBlocks } from './blocks.js';
import { h, patch, post } from './dom.js';
import { textObject } from './mrkdwn.js';

let open;

/**
 * Shows the modal on top of the person's stack. An app's update draws it again and keeps what was typed into
 * fields that still have their ids. `surface(view)` gives the drawing context.
 */
export function showModals(views, surface, person) {
  const view = views.at(-1);
  if (view && open?.id === view.id) {
    if (open.hash !== view.hash) update(view, surface(view), person);
    return;
  }
  open?.dialog.remove();
  open = undefined;
  if (!view) return;
  const dialog = draw(view, surface(view), person);
  document.body.append(dialog);
  dialog.showModal();
  open = { id: view.id, hash: view.hash, dialog };
  (dialog.querySelector('.body [data-field], .body input') ?? dialog.querySelector('.close')).focus();
}

/** The same modal with other contents: another page of it, another step. */
function update(view, context, person) {
  const { dialog } = open;
  const focused = document.activeElement?.id;
  const fresh = draw(view, { ...context, held: answersIn(dialog) }, person);
  for (const place of ['h2', '.body']) {
    patch(dialog.querySelector(place), ...fresh.querySelector(place).childNodes);
  }
  dialog.querySelector('footer').replaceWith(fresh.querySelector('footer'));
  // The button that was pressed has gone: the keyboard goes on at what stands in its place.
  if ([document.body, dialog].includes(document.activeElement)) dialog.querySelector('footer button').focus();
  open.hash = view.hash;
  if (!focused) dialog.querySelector('.body').scrollTop = 0;
  else if (document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

function draw(view, context, person) {
  const dismiss = () => post('/_sim/act', { do: 'dismiss', person, view: view.id });
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const submit = h(
    'button',
    { type: 'submit', class: 'button primary', 'data-testid': 'modal-submit' },
    view.submit ? textObject(view.submit, context.place) : '',
  );
  const form = h(
    'form',
    {
      novalidate: true,
      onsubmit: async (event) => {
        event.preventDefault();
        // An update may have brought another footer, or one without a button.
        const submit = form.querySelector('[type=submit]');
        if (!submit) return;
        submit.disabled = true;
        const {
          errors,
          trouble: words,
          error,
        } = await post('/_sim/act', {
          do: 'submit',
          person,
          view: view.id,
          entries: answersIn(form),
        });
        submit.disabled = false;
        form.querySelector('.trouble').textContent = words ?? error ?? '';
        for (const place of form.querySelectorAll('[data-error-for]')) {
          place.textContent = errors?.[place.dataset.errorFor] ?? '';
        }
        const [first] = Object.keys(errors ?? {});
        if (first) document.getElementById(`field-${first}`)?.focus();
      },
    },
    h(
      'header',
      null,
      h('h2', { id: 'modal-title' }, textObject(view.title, context.place)),
      h('button', { type: 'button', class: 'icon close', 'aria-label': 'Close', onclick: dismiss }, '✕'),
    ),
    h('div', { class: 'body', tabindex: 0 }, renderBlocks(view.blocks, context)),
    h(
      'footer',
      null,
      trouble,
      h(
        'button',
        { type: 'button', class: 'button', 'data-testid': 'modal-close', onclick: dismiss },
        view.close ? textObject(view.close, context.place) : 'Close',
      ),
      view.submit ? submit : null,
    ),
  );
  const dialog = h(
    'dialog',
    { class: 'modal', 'data-testid': 'modal', 'aria-labelledby': 'modal-title' },
    form,
  );
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    dismiss();
  });
  return dialog;
}
