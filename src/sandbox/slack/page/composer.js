import { h } from './dom.js';

/**
 * Where a person writes. Typing `/` offers the commands; Enter sends, Shift+Enter breaks the line. `send(text)`
 * resolves with words to show when it did not work.
 */
export function composer({ testId, label, commands, send }) {
  const offers = h('div', {
    class: 'offers commands',
    role: 'listbox',
    id: `${testId}-offers`,
    hidden: true,
    'data-testid': `${testId}-offers`,
  });
  const note = h('small', { class: 'note', role: 'status' });
  const field = h('textarea', {
    rows: 1,
    placeholder: label,
    'aria-label': label,
    'data-testid': testId,
    'aria-controls': `${testId}-offers`,
    spellcheck: 'false',
  });
  const button = h(
    'button',
    { type: 'submit', class: 'send', 'aria-label': 'Send', 'data-testid': `${testId}-send` },
    '➤',
  );
  let at = 0;
  let shown = [];
  const sent = [];
  let back = 0;

  const size = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
    button.disabled = field.value.trim() === '';
  };
  const put = (text) => {
    field.value = text;
    size();
    offer();
    field.focus();
  };
  const offer = () => {
    const word = field.value;
    shown =
      word.startsWith('/') && !word.includes(' ')
        ? commands().filter((one) => one.command.startsWith(word))
        : [];
    at = 0;
    draw();
  };
  const draw = () => {
    offers.hidden = shown.length === 0;
    offers.replaceChildren(
      ...shown.map((one, index) =>
        h(
          'button',
          {
            type: 'button',
            role: 'option',
            tabindex: -1,
            'aria-selected': String(index === at),
            onclick: () => put(`${one.command} `),
          },
          h(
            'span',
            null,
            h('strong', null, one.command),
            ' ',
            h('span', { class: 'usage' }, one.usageHint ?? ''),
          ),
          h('small', null, one.description),
        ),
      ),
    );
  };
  const submit = async () => {
    const text = field.value.trim();
    if (text === '') return;
    sent.push(text);
    back = sent.length;
    put('');
    note.textContent = '';
    note.textContent = (await send(text)) ?? '';
  };

  field.addEventListener('input', () => {
    size();
    offer();
  });
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length > 0) {
      event.preventDefault();
      at = (at + step + shown.length) % shown.length;
      draw();
    } else if (event.key === 'ArrowUp' && field.value === '' && back > 0) {
      event.preventDefault();
      back -= 1;
      put(sent[back]);
    } else if (
      (event.key === 'Tab' || event.key === 'Enter') &&
      shown.length > 0 &&
      shown[at].command !== field.value
    ) {
      event.preventDefault();
      put(`${shown[at].command} `);
    } else if (event.key === 'Escape') {
      shown = [];
      draw();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  const form = h(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    offers,
    h('div', { class: 'box' }, field, button),
    note,
  );
  size();
  return { form, put };
}
