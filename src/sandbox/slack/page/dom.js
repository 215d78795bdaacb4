/**
 * Builds an element. Texts become text nodes: what an app or a person wrote can never become markup.
 * Properties that start with `on` are listeners; `false`, `null` and `undefined` leave an attribute out.
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Does one thing as the person, and answers what came back. */
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

export const get = async (path) => (await fetch(path)).json();

let hiding;

export function toast(words) {
  const place = byId('toast');
  place.textContent = words;
  place.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    place.hidden = true;
  }, 6000);
}

/** A menu under its button: arrows move, Escape and a click elsewhere close it. */
export function menu(button, entries) {
  document.querySelector('.menu')?.remove();
  const close = () => {
    list.remove();
    document.removeEventListener('pointerdown', outside);
  };
  const outside = (event) => {
    if (!list.contains(event.target)) close();
  };
  const list = h(
    'div',
    { class: 'menu', role: 'menu' },
    entries.map(({ label, detail, value, act }) =>
      h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          'data-value': value,
          onclick: () => {
            close();
            button.focus();
            act();
          },
        },
        label,
        detail ? h('small', null, detail) : null,
      ),
    ),
  );
  list.addEventListener('keydown', (event) => {
    const items = [...list.children];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      items[(at + step + items.length) % items.length].focus();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      close();
      button.focus();
    }
  });
  const { bottom, top, right } = button.getBoundingClientRect();
  (button.closest('dialog') ?? document.body).append(list);
  const { offsetHeight, offsetWidth } = list;
  const below = bottom + offsetHeight + 8 < innerHeight;
  list.style.top = `${below ? bottom + 4 : top - offsetHeight - 4}px`;
  list.style.left = `${Math.max(8, Math.min(right - offsetWidth, innerWidth - offsetWidth - 8))}px`;
  list.firstElementChild?.focus();
  document.addEventListener('pointerdown', outside);
}
