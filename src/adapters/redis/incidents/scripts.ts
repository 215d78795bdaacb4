/**
 * Stores one record with what follows from it, all or nothing, when nobody changed it since it was read.
 * KEYS: 1 record, 2 incident, 3 live (zset: id by change), 4 resolved (zset: id by change), 5 outbox (zset: id by time),
 * 6 effects (hash: id to effect), 7 sequence of effects.
 * ARGV: 1 version read, 2 record, 3 how long to keep the record, 4 incident id or '', 5 incident, 6 '1' when resolved,
 * 7 its time, 8 how long resolved ones are kept, 9 now, 10… effects.
 * Returns 1, or 0 where the version is another.
 */
export const commitScript = `
local stored = redis.call('HGET', KEYS[1], 'version')
if (stored or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', tostring(tonumber(ARGV[1]) + 1), 'record', ARGV[2])
if ARGV[4] ~= '' then
  redis.call('SET', KEYS[2], ARGV[5])
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
for i = 10, #ARGV do
  local id = tostring(redis.call('INCR', KEYS[7]))
  redis.call('HSET', KEYS[6], id, ARGV[i])
  redis.call('ZADD', KEYS[5], ARGV[9], id)
end
return 1
`;

/**
 * The first of a cause leads for a while, and those that come meanwhile join it.
 * KEYS: 1 leader of the cause. ARGV: 1 id, 2 for how long. Returns the leader's id.
 */
export const stormScript = `
local leader = redis.call('GET', KEYS[1])
if leader then return leader end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
`;

/**
 * Where the card stands: what is newer of each stays.
 * KEYS: 1 message. ARGV: 1 handle, 2 version, 3 told, 4 how long to keep.
 */
export const messageScript = `
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
local told = tonumber(redis.call('HGET', KEYS[1], 'told') or '0')
if tonumber(ARGV[2]) >= version then redis.call('HSET', KEYS[1], 'handle', ARGV[1], 'version', ARGV[2]) end
if tonumber(ARGV[3]) > told then redis.call('HSET', KEYS[1], 'told', ARGV[3])
elseif told == 0 then redis.call('HSET', KEYS[1], 'told', '0') end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`;
