import { byId, get, h, patch, post, toast } from './dom.js';

/** The world beside the workspace: what is broken, stories, and switches by group. */
export async function drawPanel() {
  const { shown, switches, scenarios, status, story, mendable } = await get('/_sim/panel');
  const place = byId('world');
  byId('open-world').hidden = !shown;
  document.body.classList.toggle('with-world', shown);
  place.hidden = !shown;
  if (!shown) return;
  patch(
    place,
    heading(status),
    health(switches.filter((one) => one.on).length, story, mendable),
    scenarios.length ? stories(scenarios) : null,
    [...grouped(switches)].map(([name, list]) =>
      h('section', { key: name }, h('h3', null, name), list.map(toggle)),
    ),
  );
}

function heading(status) {
  return h(
    'header',
    null,
    h(
      'div',
      null,
      h('h2', null, 'The world'),
      h('p', null, 'Break something, and see what the bot makes of it.'),
      status ? h('p', { class: 'status', role: 'status', 'data-testid': 'world-status' }, status) : null,
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon only-narrow',
        'aria-label': 'Close',
        onclick: () => document.body.classList.remove('world-open'),
      },
      '✕',
    ),
  );
}

function health(broken, story, mendable) {
  const words = story ?? `${broken} ${broken === 1 ? 'thing is' : 'things are'} broken`;
  return h(
    'div',
    { class: `health ${broken || story ? 'broken' : 'fine'}` },
    h('span', null, broken || story ? words : 'Everything is in order'),
    mendable
      ? h(
          'button',
          {
            type: 'button',
            class: 'link',
            'data-testid': 'world-mend',
            onclick: () => tell('/_sim/mend', {}),
          },
          'Mend all',
        )
      : null,
  );
}

/** Does something to the world. True when it was done; otherwise the person was told why not. */
async function tell(path, body) {
  const { error } = await post(path, body);
  if (error) toast(error);
  return !error;
}

function grouped(switches) {
  const groups = new Map();
  for (const one of switches) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

function stories(scenarios) {
  const start = async (button, name) => {
    button.setAttribute('aria-busy', 'true');
    await tell('/_sim/scenario', { name });
    button.removeAttribute('aria-busy');
  };
  return h(
    'details',
    { class: 'stories' },
    h('summary', null, `${scenarios.length} stories of scans that failed`),
    scenarios.map(({ name, title }) =>
      h(
        'button',
        {
          type: 'button',
          class: 'story',
          'data-testid': `scenario-${name}`,
          title: 'The world becomes whole again, and then this happens',
          onclick: ({ currentTarget }) => start(currentTarget, name),
        },
        title,
      ),
    ),
  );
}

function toggle({ id, label, hint, on }) {
  const flip = async ({ target }) => {
    const wanted = target.checked;
    if (!(await tell('/_sim/world', { id, on: wanted }))) target.checked = !wanted;
  };
  return h(
    'label',
    { key: id, class: 'switch' },
    h('span', null, label, hint ? h('small', null, hint) : null),
    h('input', {
      type: 'checkbox',
      role: 'switch',
      checked: on,
      'data-testid': `world-${id}`,
      onchange: flip,
    }),
  );
}
