/**
 * KEYS of all: 1 turns (zset: place by age), 2 due (zset: place by the moment it was told to come), 3 lane (hash: next,
 * held, busy, busyUntil, patient), 4 failing (hash: place to "first failure|failures"), 5 aside (zset: place until when).
 * A moment further ahead than it can have been set was written before a clock was put back: it counts for nothing.
 */
const moments = `
local function lane(field, atMost)
  local at = tonumber(redis.call('HGET', KEYS[3], field) or '0')
  if at > atMost then return 0 end
  return at
end
local function score(key, place) return tonumber(redis.call('ZSCORE', key, place) or '0') end
local function leave(place)
  redis.call('ZREM', KEYS[1], place)
  redis.call('ZREM', KEYS[2], place)
  redis.call('ZREM', KEYS[5], place)
  redis.call('HDEL', KEYS[4], place)
end
local function whole(number) return string.format('%.0f', number) end
`;

/**
 * ARGV: place, since, now, gap, lease of who sends, how late one may come for its turn, how long a place is kept, the
 * credit of the lane, whether the place is urgent (1 or 0): it may use the credit, and waits for no patient one that is
 * just being sent. Returns how long to wait; 0: the place has the lane.
 * `next` runs ahead of now by what was sent too soon, at most by the credit and a gap. A pause leaves no credit.
 */
export const askScript = `${moments}
local place, now, gap, lease = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local grace, keep, credit = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', whole(now - keep))) do leave(gone) end
redis.call('ZADD', KEYS[1], 'NX', ARGV[2], place)
local busy = redis.call('HGET', KEYS[3], 'busy')
local urgent = ARGV[9] == '1'
local taken = busy and busy ~= place and lane('busyUntil', now + lease) > now
if urgent and redis.call('HGET', KEYS[3], 'patient') == '1' then taken = false end
local ahead = 0
for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, 199)) do
  if other == place then break end
  local due = score(KEYS[2], other)
  local comes = due >= now - grace and due <= now + keep and score(KEYS[5], other) <= now
  if comes and not (taken and other == busy) then ahead = ahead + 1 end
end
local paced = math.max(now, lane('next', now + gap + credit), lane('held', now + keep) + credit)
local free = math.max(now, paced - (urgent and credit or 0) + ahead * gap, score(KEYS[5], place) + ahead * gap)
local wait = free - now
if taken or ahead > 0 then wait = math.max(wait, gap / 20) end
if wait == 0 then
  redis.call('HSET', KEYS[3], 'busy', place, 'busyUntil', whole(now + lease), 'next', whole(paced + gap))
  redis.call('HSET', KEYS[3], 'patient', urgent and '0' or '1')
  redis.call('ZADD', KEYS[2], whole(now + lease), place)
else
  redis.call('ZADD', KEYS[2], whole(now + wait), place)
end
for _, one in ipairs(KEYS) do redis.call('PEXPIRE', one, keep * 2) end
return math.ceil(wait)`;

/** ARGV: place, now. What stepped aside while this one passed stands behind all that wait now. */
export const doneScript = `${moments}
leave(ARGV[1])
if redis.call('HGET', KEYS[3], 'busy') == ARGV[1] then redis.call('HDEL', KEYS[3], 'busy', 'busyUntil') end
for _, other in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do redis.call('ZADD', KEYS[1], ARGV[2], other) end
return 0`;

/**
 * ARGV: place, now, pause as told or '', first pause, longest pause, after how long of failing one steps aside, how many
 * may, how long a place is kept. Returns how long this place waits.
 */
export const failedScript = `${moments}
local place, now, told = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local first, longest, patience, keep = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[8])
if redis.call('HGET', KEYS[3], 'busy') == place then redis.call('HDEL', KEYS[3], 'busy', 'busyUntil') end
local pause = told
local steps = false
if not told then
  local since, count = string.match(redis.call('HGET', KEYS[4], place) or '', '(%d+)|(%d+)')
  since, count = tonumber(since or now), tonumber(count or 0)
  redis.call('HSET', KEYS[4], place, whole(since) .. '|' .. whole(count + 1))
  pause = math.min(longest, first * 2 ^ math.min(count, 20))
  local others = redis.call('ZCOUNT', KEYS[5], whole(now), '+inf')
  steps = now - since >= patience and others < tonumber(ARGV[7]) and redis.call('ZCARD', KEYS[1]) > 1
end
if steps then
  redis.call('ZADD', KEYS[5], whole(now + pause), place)
else
  redis.call('ZREM', KEYS[5], place)
  redis.call('HSET', KEYS[3], 'held', whole(math.max(lane('held', now + keep), now + pause)))
end
redis.call('ZADD', KEYS[2], whole(now + pause), place)
return math.ceil(pause)`;
