import { byId, get, h, post, toast } from './dom.js';

/** The world beside the workspace: switches by group, scenarios, and one line of status. */
export async function drawPanel() {
  const { shown, switches, scenarios, status } = await get('/_sim/panel');
  const place = byId('world');
  byId('open-world').hidden = !shown;
  document.body.classList.toggle('with-world', shown);
  place.hidden = !shown;
  if (!shown) return;
  const focused = document.activeElement?.dataset?.testid;
  const groups = Map.groupBy ? Map.groupBy(switches, (one) => one.group) : grouped(switches);
  const broken = switches.filter((one) => one.on).length;
  place.replaceChildren(
    h(
      'header',
      null,
      h(
        'div',
        null,
        h('h2', null, 'The world'),
        h(
          'p',
          { class: 'status', role: 'status', 'data-testid': 'world-status' },
          status || 'Break something, and see what the bot makes of it.',
        ),
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
    ),
    h(
      'p',
      { class: `health ${broken ? 'broken' : 'fine'}` },
      broken ? `${broken} ${broken === 1 ? 'thing is' : 'things are'} broken` : 'Everything is in order',
    ),
    ...(scenarios.length ? [stories(scenarios)] : []),
    ...[...groups].map(([name, list]) => h('section', null, h('h3', null, name), list.map(toggle))),
  );
  if (focused) place.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
}

function grouped(switches) {
  const groups = new Map();
  for (const one of switches) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

function stories(scenarios) {
  const start = async (button, name) => {
    button.disabled = true;
    const { error } = await post('/_sim/scenario', { name });
    if (error) toast(error);
  };
  return h(
    'section',
    null,
    h('h3', null, 'Stories'),
    h(
      'div',
      { class: 'stories' },
      scenarios.map(({ name, title }) => {
        const button = h(
          'button',
          {
            type: 'button',
            class: 'story',
            'data-testid': `scenario-${name}`,
            onclick: () => start(button, name),
          },
          title,
        );
        return button;
      }),
    ),
  );
}

function toggle({ id, label, hint, on }) {
  const flip = async (event) => {
    const wanted = event.target.checked;
    const { error } = await post('/_sim/world', { id, on: wanted });
    if (error) {
      event.target.checked = !wanted;
      toast(error);
    }
  };
  return h(
    'label',
    { class: 'switch' },
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
