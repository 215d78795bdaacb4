import { h } from './dom.js';
import { emoji, withSigns } from './emoji.js';

const inline =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\s][^<>]*)>|:([a-z0-9_+-]+):|(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\w*])|(?<![\w_])_(?!\s)([^_\n]+?)(?<!\s)_(?![\w_])|(?<![\w~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\w~])/g;

const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Slack's mrkdwn as nodes. `place` knows people, channels, groups and the reader's time zone. */
export function mrkdwn(text, place) {
  const parts = text.split(/(```[\s\S]+?```)/);
  return parts.flatMap((part) =>
    part.startsWith('```') && part.length > 6 ? [fenced(part)] : quoted(part, place),
  );
}

const fenced = (part) => h('pre', null, unescaped(part.slice(3, -3).replace(/^\n/, '')));

/** Lines that start with > stand together in a quote. */
function quoted(text, place) {
  const groups = [];
  for (const line of text.split('\n')) {
    const quote = /^(&gt;|>) ?/.test(line);
    const last = groups.at(-1);
    const own = quote ? line.replace(/^(&gt;|>) ?/, '') : line;
    if (last && last.quote === quote) last.lines.push(own);
    else groups.push({ quote, lines: [own] });
  }
  return groups.flatMap(({ quote, lines }) => {
    const nodes = spans(lines.join('\n'), place);
    return quote ? [h('blockquote', null, nodes)] : nodes;
  });
}

function spans(text, place) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(inline)) {
    nodes.push(...words(text.slice(from, found.index)), ...[span(found, place)].flat());
    from = found.index + found[0].length;
  }
  return [...nodes, ...words(text.slice(from))];
}

const words = (text) => withSigns(unescaped(text));

function span([all, fence, code, entity, name, bold, italic, strike], place) {
  if (fence !== undefined) return h('pre', null, unescaped(fence));
  if (code !== undefined) return h('code', null, unescaped(code));
  if (entity !== undefined) return reference(entity, place);
  if (name !== undefined) return withSigns(emoji[name] ?? all);
  if (bold !== undefined) return h('strong', null, spans(bold, place));
  if (italic !== undefined) return h('em', null, spans(italic, place));
  return h('s', null, spans(strike, place));
}

const mention = (words) => h('span', { class: 'mention' }, words);

/** What stands in angle brackets: people, channels, groups, times, links. */
function reference(entity, place) {
  const [target, ...rest] = entity.split('|');
  const label = rest.join('|');
  if (target.startsWith('@'))
    return mention(`@${place.person(target.slice(1)) ?? (label || target.slice(1))}`);
  if (target.startsWith('#'))
    return mention(`#${place.channel(target.slice(1)) ?? (label || target.slice(1))}`);
  if (target.startsWith('!subteam^'))
    return mention(`@${place.group(target.slice(9)) ?? (label || 'group')}`);
  if (target.startsWith('!date^')) return date(target.slice(6), label, place);
  if (/^!(here|channel|everyone)$/.test(target))
    return h('span', { class: 'mention loud' }, `@${target.slice(1)}`);
  if (/^(https?:|mailto:)/i.test(target)) {
    return h(
      'a',
      { href: unescaped(target), target: '_blank', rel: 'noopener noreferrer' },
      unescaped(label || target),
    );
  }
  return `<${unescaped(entity)}>`;
}

function date(words, fallback, place) {
  const [seconds, format, link] = words.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return unescaped(fallback);
  const text = unescaped(format ?? '').replace(
    /\{(\w+)\}/g,
    (all, token) => dateToken(token, at, place) ?? all,
  );
  const time = h('time', { datetime: at.toISOString(), title: unescaped(fallback) }, text);
  return link && /^https?:/.test(link)
    ? h('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, time)
    : time;
}

const dateForms = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

function dateToken(token, at, { timeZone }) {
  if (token === 'ago') return ago(at);
  const pretty = token.endsWith('_pretty') && nearDay(at, timeZone);
  if (pretty) return pretty;
  const form = dateForms[token.replace('_pretty', '')];
  return form && new Intl.DateTimeFormat('en-GB', { ...form, timeZone }).format(at);
}

const dayOf = (at, timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

function nearDay(at, timeZone) {
  const day = 24 * 3600_000;
  const names = [
    [0, 'today'],
    [-day, 'yesterday'],
    [day, 'tomorrow'],
  ];
  return names.find(([shift]) => dayOf(new Date(Date.now() + shift), timeZone) === dayOf(at, timeZone))?.[1];
}

function ago(at) {
  const minutes = Math.round((Date.now() - at.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  return minutes < 90 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

/** A text object: plain text keeps its signs, and its emoji unless that is turned off. */
export function textObject(object, place) {
  if (!object) return [];
  if (object.type === 'mrkdwn') return mrkdwn(object.text, place);
  return withSigns(
    object.text.replace(/:([a-z0-9_+-]+):/g, (all, name) =>
      object.emoji === false ? all : (emoji[name] ?? all),
    ),
  );
}
