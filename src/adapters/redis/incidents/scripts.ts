/**
 * Stores one record with what follows from it, all or nothing, when nobody changed it since it was read.
 * KEYS: 1 record, 2 incident, 3 live (zset: id by change), 4 resolved (zset: id by change), 5 outbox (zset: id by time),
 * 6 effects (hash: id to effect), 7 sequence of effects, 8 leader of its storm, 9 how the names of storms begin.
 * ARGV: 1 version read, 2 record, 3 how long to keep the record, 4 incident id or '', 5 incident, 6 '1' when resolved,
 * 7 its time, 8 how long resolved ones are kept, 9 now, 10 for how long it may lead a storm or '', 11 the incident where
 * another leads, 12 what stands in that for the leader's id, 13… effects.
 * Returns the ids of the effects, or 0 where the version is another.
 */
export const commitScript = `
local stored = redis.call('HGET', KEYS[1], 'version')
if (stored or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', tostring(tonumber(ARGV[1]) + 1), 'record', ARGV[2])
local text = ARGV[5]
if ARGV[10] ~= '' then
  local leader = redis.call('GET', KEYS[8])
  if leader then
    local from, to = string.find(ARGV[11], ARGV[12], 1, true)
    text = string.sub(ARGV[11], 1, from - 1) .. leader .. string.sub(ARGV[11], to + 1)
  else
    leader = ARGV[4]
    redis.call('SET', KEYS[8], leader, 'PX', ARGV[10])
  end
  redis.call('ZADD', KEYS[9] .. leader, 'NX', ARGV[9], ARGV[4])
  redis.call('PEXPIRE', KEYS[9] .. leader, ARGV[8])
end
if ARGV[4] ~= '' then
  redis.call('SET', KEYS[2], text)
  if ARGV[6] == '1' then
    redis.call('PEXPIRE', KEYS[1], ARGV[8])
    redis.call('PEXPIRE', KEYS[2], ARGV[8])
    redis.call('ZREM', KEYS[3], ARGV[4])
    redis.call('ZADD', KEYS[4], ARGV[7], ARGV[4])
    redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', tonumber(ARGV[7]) - tonumber(ARGV[8]))
  else
    redis.call('PERSIST', KEYS[1])
    redis.call('ZREM', KEYS[4], ARGV[4])
    redis.call('ZADD', KEYS[3], ARGV[7], ARGV[4])
  end
else
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
local ids = {}
for i = 13, #ARGV do
  local id = tostring(redis.call('INCR', KEYS[7]))
  redis.call('HSET', KEYS[6], id, ARGV[i])
  redis.call('ZADD', KEYS[5], ARGV[9], id)
  table.insert(ids, id)
end
return ids
`;

/**
 * Where the card stands: what is newer of each stays.
 * KEYS: 1 message. ARGV: 1 handle, 2 version, 3 told, 4 what the card shows, 5 how long to keep.
 */
export const messageScript = `
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
local told = tonumber(redis.call('HGET', KEYS[1], 'told') or '0')
if tonumber(ARGV[2]) >= version then
  redis.call('HSET', KEYS[1], 'handle', ARGV[1], 'version', ARGV[2], 'shows', ARGV[4])
end
if tonumber(ARGV[3]) > told then redis.call('HSET', KEYS[1], 'told', ARGV[3])
elseif told == 0 then redis.call('HSET', KEYS[1], 'told', '0') end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
`;
