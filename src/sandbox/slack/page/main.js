import { answersIn, renderBlocks } from './blocks.js';
import { composer } from './composer.js';
import { byId, get, h, menu, part, patch, post, toast } from './dom.js';
import { withSigns } from './emoji.js';
import { showModals } from './modal.js';
import { mrkdwn } from './mrkdwn.js';
import { drawPanel } from './panel.js';

const query = new URLSearchParams(location.search);
let person = query.get('person') ?? sessionStorage.getItem('person') ?? 'U0ANA';
let current = query.get('channel') ?? sessionStorage.getItem('channel') ?? '';
let thread;
let tab = 'messages';
let state;
/** channel → ts of the last message read, per person. */
const readUntil = JSON.parse(sessionStorage.getItem('read') ?? '{}');
/** Where the red "new" line stands in the open conversation. */
let newSince;

const act = async (body) => {
  const answer = await post('/_sim/act', { person, ...body });
  if (answer.error && answer.error !== 'unknown_command') toast(words[answer.error] ?? answer.error);
  return answer;
};
const words = { message_not_found: 'That message is gone.' };

const place = {
  person: (id) => nameOf(id, undefined),
  channel: (id) => state.channels.find((one) => one.id === id)?.name,
  group: (id) => state.groups.find((one) => one.id === id)?.handle,
  allPeople: () => state.people.filter((one) => one.role !== 'bot').map((one) => [one.id, one.realName]),
  allChannels: () =>
    state.channels.filter((one) => one.kind !== 'direct').map((one) => [one.id, `#${one.name}`]),
  get timeZone() {
    return me().timeZone;
  },
};
const me = () => state.people.find((one) => one.id === person);
const nameOf = (id, otherwise = id) =>
  id === state.slackbot ? 'Slackbot' : (state.people.find((one) => one.id === id)?.realName ?? otherwise);
const channelOf = (id) => state.channels.find((one) => one.id === id);
const isDirect = () => current === state.app.direct;
const time = (ts, form = { hour: '2-digit', minute: '2-digit' }) =>
  new Intl.DateTimeFormat('en-GB', { ...form, timeZone: place.timeZone }).format(new Date(Number(ts) * 1000));

/** One read at a time; what changes meanwhile is read once more. */
let reading = false;
let again = false;
async function refresh() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  try {
    do {
      again = false;
      const next = await get(`/_sim/state?person=${encodeURIComponent(person)}`);
      if (next.me === person) {
        state = next;
        draw();
      }
    } while (again);
  } finally {
    reading = false;
  }
}

function draw() {
  if (!channelOf(current)) current = state.channels[0].id;
  drawBar();
  drawConversation();
  drawSidebar();
  drawThread();
  showModals(state.modals, surfaceOf, person);
}

function drawBar() {
  const place = byId('connection');
  place.className = state.connected ? 'on' : 'off';
  place.textContent = state.connected
    ? `${state.app.name} is connected`
    : `${state.app.name} is not connected`;
  const shown = state.people
    .filter((one) => ['admin', 'member'].includes(one.role) || one.id === person)
    .filter((one) => one.role !== 'bot');
  patch(
    byId('persons'),
    shown.map((one) =>
      h(
        'button',
        {
          key: one.id,
          type: 'button',
          'data-testid': `person-${one.id}`,
          'aria-pressed': String(one.id === person),
          title: `Be ${one.realName} (${one.timeZone})`,
          onclick: () => become(one.id),
        },
        avatar(one.id),
        h('span', null, one.realName.split(' ')[0]),
      ),
    ),
  );
}

function become(id) {
  person = id;
  sessionStorage.setItem('person', id);
  thread = undefined;
  newSince = undefined;
  tab = 'messages';
  refresh();
}

const colours = { U0ANA: 'a', U0BEN: 'b', U0GIL: 'c', U0EVE: 'd' };
function avatar(id) {
  if (id === state.app.userId)
    return h('span', { class: 'avatar app', 'aria-hidden': 'true' }, h('img', { src: 'icon.svg', alt: '' }));
  if (id === state.slackbot) return h('span', { class: 'avatar slackbot', 'aria-hidden': 'true' }, '♥');
  const initials = nameOf(id)
    .split(' ')
    .map((part) => part[0])
    .join('')
    .slice(0, 2);
  return h('span', { class: `avatar ${colours[id] ?? 'd'}`, 'aria-hidden': 'true' }, initials);
}

const unread = (channel) => {
  const until = readUntil[`${person}:${channel}`] ?? '0';
  return state.messages.filter(
    (one) => one.channel === channel && one.author !== person && Number(one.ts) > Number(until),
  ).length;
};

function drawSidebar() {
  const row = (channel, label, icon) => {
    const count = channel.id === current ? 0 : unread(channel.id);
    return h(
      'li',
      { key: channel.id },
      h(
        'button',
        {
          type: 'button',
          class: count ? 'unread' : '',
          'data-testid': `channel-${channel.kind === 'direct' ? 'app' : channel.name}`,
          'aria-current': channel.id === current ? 'page' : null,
          onclick: () => go(channel.id),
        },
        icon,
        h('span', { class: 'name' }, label),
        count ? h('span', { class: 'badge', 'aria-label': `${count} new` }, count) : null,
      ),
    );
  };
  const sign = (text) => h('span', { class: 'sign', 'aria-hidden': 'true' }, text);
  const channels = state.channels.filter((one) => one.kind !== 'direct');
  const app = state.channels.filter((one) => one.kind === 'direct');
  patch(
    byId('sidebar'),
    h('div', { class: 'workspace' }, h('strong', null, state.team.name), h('small', null, 'local workspace')),
    h('h2', null, 'Channels'),
    h(
      'ul',
      null,
      channels.map((one) => row(one, one.name, sign(one.kind === 'private' ? withSigns('🔒') : '#'))),
    ),
    h('h2', null, 'Apps'),
    h(
      'ul',
      null,
      app.map((one) => row(one, state.app.name, avatar(state.app.userId))),
    ),
    h('p', { class: 'note' }, 'Everything here runs on this machine. No Slack account is involved.'),
  );
}

function go(channel) {
  current = channel;
  sessionStorage.setItem('channel', channel);
  thread = undefined;
  tab = 'messages';
  newSince = undefined;
  document.body.classList.remove('sidebar-open');
  draw();
  byId('messages').scrollTop = byId('messages').scrollHeight;
  document.querySelector('[data-testid=composer]')?.focus();
}

let writer;
let writerKey = '';

function drawConversation() {
  const channel = channelOf(current);
  const title = isDirect()
    ? [avatar(state.app.userId), state.app.name]
    : [channel.kind === 'private' ? withSigns('🔒') : '# ', channel.name];
  const tabs = isDirect()
    ? h(
        'div',
        { role: 'tablist', class: 'tabs' },
        (state.homeTab ? ['home', 'messages'] : ['messages']).map((name) =>
          h(
            'button',
            {
              type: 'button',
              role: 'tab',
              'data-testid': `tab-${name}`,
              'aria-selected': String(tab === name),
              onclick: () => openTab(name),
            },
            name === 'home' ? 'Home' : 'Messages',
          ),
        ),
      )
    : h('span', { class: 'topic' }, channel.topic);
  patch(
    byId('heading'),
    h('h1', null, title),
    tabs,
    h('span', { class: 'gap' }),
    channel.kind === 'direct'
      ? ''
      : h('span', { class: 'members', title: `${channel.members} members` }, `${channel.members} members`),
  );
  const home = isDirect() && tab === 'home';
  byId('messages').hidden = home;
  byId('home').hidden = !home;
  byId('composer-place').hidden = home;
  if (home) drawHome();
  else drawMessages(channel);
  const key = `${person}:${current}`;
  if (writerKey === key) return;
  writerKey = key;
  writer = composer({
    testId: 'composer',
    label: `Message ${isDirect() ? state.app.name : `#${channel.name}`}`,
    commands: () => state.commands,
    send: (text) => send(text),
  });
  byId('composer-place').replaceChildren(writer.form);
}

async function send(text, inThread) {
  if (inThread && text.startsWith('/'))
    return 'Slash commands cannot be used in threads. Write it in the channel.';
  if (text.startsWith('/')) await act({ do: 'command', channel: current, text });
  else await act({ do: 'say', channel: current, text, thread: inThread });
  return undefined;
}

async function openTab(name) {
  tab = name;
  draw();
  if (name === 'home') await act({ do: 'home' });
}

let homeKey = '';
function drawHome() {
  const view = state.home;
  const key = `${person}:${view?.hash}`;
  const root = byId('home');
  if (key === homeKey && root.childElementCount) return;
  homeKey = key;
  const empty = h('p', { class: 'empty' }, `${state.app.name} has published no home tab yet.`);
  patch(
    root,
    h(
      'div',
      { class: 'home-view', 'data-testid': 'home' },
      view ? renderBlocks(view.blocks, surfaceOf(view)) : empty,
    ),
  );
}

function drawMessages(channel) {
  const list = byId('messages');
  const shown = state.messages.filter(
    (one) => one.channel === current && (!one.thread || one.broadcast || (one.shownTo && !one.thread)),
  );
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const key = `${person}:${current}`;
  newSince ??= readUntil[key] ?? '0';
  const nodes = shown.length ? [] : [welcome(channel)];
  let day;
  let marked = newSince === '0';
  shown.forEach((message, index) => {
    const today = time(message.ts, { weekday: 'long', day: 'numeric', month: 'long' });
    if (today !== day) nodes.push(h('div', { key: today, class: 'day' }, h('span', null, today)));
    const fresh = !marked && Number(message.ts) > Number(newSince) && message.author !== person;
    if (fresh) {
      marked = true;
      nodes.push(
        h('div', { key: 'new', class: 'new', 'aria-label': 'New messages' }, h('span', null, 'New')),
      );
    }
    const before = shown[index - 1];
    const joined =
      before &&
      before.author === message.author &&
      today === day &&
      !fresh &&
      !before.shownTo === !message.shownTo &&
      Number(message.ts) - Number(before.ts) < 300;
    nodes.push(messagePart(message, joined));
    day = today;
  });
  patch(list, nodes);
  if (atEnd) list.scrollTop = list.scrollHeight;
  const last = shown.at(-1);
  if (last && document.visibilityState === 'visible') {
    readUntil[key] = state.messages.filter((one) => one.channel === current).at(-1).ts;
    sessionStorage.setItem('read', JSON.stringify(readUntil));
  }
}

/** A message is drawn again when something of it changed. */
function messagePart(message, joined, inThread) {
  const version = JSON.stringify([message, joined, person]);
  return part(message.ts, version, () => renderMessage(message, joined, inThread));
}

function welcome(channel) {
  const tries = state.suggestions.length ? state.suggestions : state.commands.map((one) => `${one.command} `);
  return h(
    'div',
    { key: `welcome-${channel.id}`, class: 'welcome' },
    h('h2', null, isDirect() ? `You and ${state.app.name}` : `This is the start of #${channel.name}`),
    h('p', null, isDirect() ? 'What the app tells you alone arrives here.' : `${channel.topic}.`),
    tries.length
      ? [
          h('p', null, 'Try one of these:'),
          h(
            'div',
            { class: 'tries' },
            tries.map((one) =>
              h(
                'button',
                { type: 'button', class: 'try', 'data-testid': 'try', onclick: () => writer.put(one) },
                one,
              ),
            ),
          ),
        ]
      : null,
  );
}

function renderMessage(message, joined, inThread) {
  const byApp = message.author === state.app.userId;
  const body = h('div', { class: 'content' });
  if (message.blocks.length) body.append(...renderBlocks(message.blocks, surfaceOf(message)));
  else body.append(h('div', { class: 'mrkdwn' }, mrkdwn(message.text, place)));
  if (message.editedTs && !byApp) body.append(h('small', { class: 'edited' }, '(edited)'));
  const article = h(
    'article',
    {
      class: `message${joined ? ' joined' : ''}${message.shownTo ? ' ephemeral' : ''}`,
      'data-testid': 'message',
      'data-ts': message.ts,
      'data-ephemeral': message.shownTo ? 'true' : null,
      tabindex: -1,
    },
    h(
      'div',
      { class: 'left' },
      joined ? h('time', { class: 'hover-time' }, time(message.ts)) : avatar(message.author),
    ),
    h(
      'div',
      { class: 'right' },
      message.shownTo ? h('div', { class: 'only-you' }, withSigns('👁'), ' Only visible to you') : null,
      message.broadcast ? h('div', { class: 'only-you' }, '↪ also sent to the channel from a thread') : null,
      joined
        ? null
        : h(
            'div',
            { class: 'who' },
            h('strong', null, nameOf(message.author)),
            byApp ? h('span', { class: 'tag' }, 'APP') : null,
            h('time', { datetime: new Date(Number(message.ts) * 1000).toISOString() }, time(message.ts)),
          ),
      message.blocks.length
        ? h(
            'p',
            { class: 'fallback', 'data-testid': 'fallback' },
            h('b', null, 'Notification: '),
            message.text ? mrkdwn(message.text, place) : 'This content can’t be displayed.',
          )
        : null,
      body,
      message.replies && !inThread
        ? h(
            'button',
            {
              type: 'button',
              class: 'replies',
              'data-testid': 'replies',
              onclick: () => openThread(message.ts),
            },
            `${message.replies} ${message.replies === 1 ? 'reply' : 'replies'}`,
          )
        : null,
    ),
    message.shownTo || inThread ? null : tools(message),
  );
  return article;
}

function tools(message) {
  const shortcuts = state.shortcuts.filter((one) => one.type === 'message');
  const more = h(
    'button',
    {
      type: 'button',
      class: 'icon',
      'aria-label': 'Message actions',
      'data-testid': 'message-actions',
      onclick: ({ currentTarget }) =>
        menu(
          currentTarget,
          shortcuts.map((one) => ({
            label: one.name,
            value: one.callbackId,
            act: () =>
              act({ do: 'shortcut', channel: message.channel, ts: message.ts, callbackId: one.callbackId }),
          })),
        ),
    },
    '⋮',
  );
  return h(
    'div',
    { class: 'tools' },
    h(
      'button',
      {
        type: 'button',
        class: 'icon',
        'aria-label': 'Reply in thread',
        'data-testid': 'reply',
        onclick: () => openThread(message.thread ?? message.ts),
      },
      'Reply',
    ),
    shortcuts.length ? more : null,
  );
}

/** How the controls of a message or view reach the app. */
function surfaceOf(target) {
  const where = target.ts ? { channel: target.channel, ts: target.ts } : { view: target.id };
  return {
    place,
    operate: async ({ blockId, actionId, answer, button }) => {
      const root = button?.closest('.content, .body, .home-view');
      button?.setAttribute('aria-busy', 'true');
      const done = await act({
        do: 'operate',
        ...where,
        blockId,
        actionId,
        answer,
        answers: root ? answersIn(root) : {},
      });
      button?.removeAttribute('aria-busy');
      if (done.failure && !target.ts) toast(`The app did not answer (${done.failure}).`);
    },
    suggest: async ({ actionId, typed }) =>
      (await act({ do: 'suggest', ...where, actionId, typed })).options ?? [],
  };
}

function openThread(ts) {
  thread = ts;
  threadWriter = undefined;
  draw();
  document.querySelector('[data-testid=thread-composer]')?.focus();
}

let threadWriter;
function drawThread() {
  const root = byId('thread');
  const top = thread && state.messages.find((one) => one.ts === thread);
  root.hidden = !top;
  document.body.classList.toggle('with-thread', Boolean(top));
  if (!top) return;
  threadWriter ??= composer({
    testId: 'thread-composer',
    label: 'Reply…',
    commands: () => [],
    send: (text) => send(text, thread),
  });
  const replies = state.messages.filter((one) => one.thread === thread);
  const close = () => {
    thread = undefined;
    draw();
  };
  if (!root.contains(threadWriter.form)) {
    root.replaceChildren(
      h(
        'header',
        null,
        h('h2', null, 'Thread'),
        h('button', { type: 'button', class: 'icon', 'aria-label': 'Close thread', onclick: close }, '✕'),
      ),
      h('div', { class: 'thread-messages', role: 'log', 'data-testid': 'thread' }),
      threadWriter.form,
    );
  }
  const list = root.querySelector('.thread-messages');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  patch(
    list,
    messagePart(top, false, true),
    h(
      'div',
      { key: 'replies', class: 'day' },
      h('span', null, `${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`),
    ),
    replies.map((one) => messagePart(one, false, true)),
  );
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function settings() {
  const dark = localStorage.getItem('theme') ?? query.get('theme');
  if (dark) document.documentElement.dataset.theme = dark;
  byId('toggle-theme').addEventListener('click', () => {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const next = (document.documentElement.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    localStorage.setItem('theme', next);
  });
  byId('toggle-text').addEventListener('click', (event) => {
    const on = document.body.classList.toggle('show-fallback');
    event.currentTarget.setAttribute('aria-pressed', String(on));
  });
  byId('open-sidebar').addEventListener('click', () => document.body.classList.toggle('sidebar-open'));
  byId('open-world').addEventListener('click', () => document.body.classList.toggle('world-open'));
  byId('conversation').addEventListener('pointerdown', () => document.body.classList.remove('sidebar-open'));
}

// A scrolling region must be reachable by keyboard.
byId('messages').tabIndex = 0;
settings();
const events = new EventSource('/_sim/events');
events.addEventListener('change', refresh);
events.addEventListener('panel', drawPanel);
events.addEventListener('open', () => {
  refresh();
  drawPanel();
});
events.addEventListener('error', () => {
  byId('connection').className = 'off';
  byId('connection').textContent = 'The workspace has gone. Waiting for it…';
});
document.addEventListener('visibilitychange', () => state && draw());
