const listeners = Symbol('listeners');

/**
 * Builds an element. Texts become text nodes: what an app or a person wrote can never become markup.
 * Properties that start with `on` are listeners; `false`, `null` and `undefined` leave an attribute out. `key` tells
 * an element from its neighbours when its place is drawn again.
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name === 'key') element.key = value;
    else if (name.startsWith('on')) listen(element, name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodes(children));
  return element;
}

const nodes = (children) =>
  children.flat(4).filter((child) => child !== null && child !== undefined && child !== false);

/** One listener of each kind, which a redraw can exchange. It must find its element by the event, not by a variable. */
function listen(element, type, act) {
  element[listeners] ??= {};
  if (!(type in element[listeners])) {
    element.addEventListener(type, (event) => element[listeners][type]?.(event));
  }
  element[listeners][type] = act;
}

/** A child of `patch` that is built only when it is new or its version is another one. */
export const part = (key, version, build) => ({ key, version, build });

/**
 * Makes these the children of a place and leaves every element that stays in the document where it is. A press of a
 * mouse button counts only when it begins and ends on the same element, and focus, selection and scrolling hang on it
 * too: an element that is taken out and put in again loses them all.
 */
export function patch(place, ...children) {
  const all = nodes(children);
  const keys = new Set(all.map((one) => one.key));
  for (const child of [...place.childNodes]) {
    if (child.key !== undefined && !keys.has(child.key)) child.remove();
  }
  let at = place.firstChild;
  for (const wanted of all) {
    const stays = at && counterpart(at, wanted);
    if (!stays) place.insertBefore(built(wanted), at);
    else {
      if (stays === at) at = at.nextSibling;
      else place.insertBefore(stays, at);
      update(stays, wanted);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

const isPart = (wanted) => typeof wanted === 'object' && 'build' in wanted;

function built(wanted) {
  if (!isPart(wanted)) return typeof wanted === 'object' ? wanted : document.createTextNode(wanted);
  return Object.assign(wanted.build(), { key: wanted.key, version: wanted.version });
}

/** What of the children from `at` on becomes the wanted one: the one with its key, or the next one of its kind. */
function counterpart(at, wanted) {
  if (typeof wanted !== 'object') return at.nodeType === Node.TEXT_NODE ? at : undefined;
  if (wanted.key === undefined) {
    return wanted.nodeName === at.nodeName && at.key === undefined ? at : undefined;
  }
  let one = at;
  while (one && one.key !== wanted.key) one = one.nextSibling;
  return one;
}

function update(stays, wanted) {
  if (typeof wanted !== 'object') {
    if (stays.data !== String(wanted)) stays.data = wanted;
  } else if (!isPart(wanted)) become(stays, wanted);
  else if (stays.version !== wanted.version) {
    become(stays, wanted.build());
    stays.version = wanted.version;
  }
}

/** What is written in a field is no part of it; what can be chosen in one is. */
function isSameField(one, other) {
  const isSame = one.nodeName === other.nodeName && one.dataset.actionId === other.dataset.actionId;
  return isSame && (one.matches('input, textarea, .typeahead') || one.isEqualNode(other));
}

/** What is on an element because of what somebody did to it. */
const ofPerson = new Set(['aria-busy', 'open']);

function become(stays, fresh) {
  if (stays === fresh) return;
  if (stays.nodeType === Node.TEXT_NODE) {
    if (stays.data !== fresh.data) stays.data = fresh.data;
    return;
  }
  // A field holds what a person typed, and its parts know each other: it stays as it is or is another one.
  if ('field' in stays.dataset || 'field' in fresh.dataset) {
    if (!isSameField(stays, fresh)) stays.replaceWith(fresh);
    return;
  }
  for (const { name } of [...stays.attributes]) {
    if (!fresh.hasAttribute(name) && !ofPerson.has(name)) stays.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (stays.getAttribute(name) !== value) stays.setAttribute(name, value);
  }
  if (stays instanceof HTMLInputElement) stays.checked = fresh.checked;
  for (const type of Object.keys(stays[listeners] ?? {})) stays[listeners][type] = undefined;
  for (const [type, act] of Object.entries(fresh[listeners] ?? {})) listen(stays, type, act);
  patch(stays, ...fresh.childNodes);
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
