import type { RedisClient } from './connect.ts';

/** What Redis says of how it keeps data. Read from INFO: managed ones forbid CONFIG. */
export type RedisPolicy = {
  evictionPolicy: string | null;
  maxMemoryBytes: number;
  usedBytes: number | null;
  persistent: boolean | null;
  version: string | null;
};

export async function redisPolicy(redis: RedisClient): Promise<RedisPolicy> {
  const info = await redis.info();
  const value = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1]?.trim() ?? null;
  const usedMemory = value('used_memory');
  const appendOnly = value('aof_enabled');
  return {
    evictionPolicy: value('maxmemory_policy'),
    maxMemoryBytes: Number(value('maxmemory') ?? 0),
    usedBytes: usedMemory === null ? null : Number(usedMemory),
    persistent:
      appendOnly === null ? null : appendOnly === '1' || Number(value('rdb_last_save_time') ?? 0) > 0,
    version: value('redis_version'),
  };
}

/**
 * Why this Redis would lose jobs, or null. With an eviction policy other than `noeviction` a full Redis drops jobs and
 * incidents without a word; without a memory limit nothing is ever evicted.
 */
export function evictionProblem({
  evictionPolicy,
  maxMemoryBytes,
}: Pick<RedisPolicy, 'evictionPolicy' | 'maxMemoryBytes'>): string | null {
  if (evictionPolicy === 'noeviction' || evictionPolicy === null || maxMemoryBytes === 0) return null;
  return `Redis may evict keys (maxmemory-policy ${evictionPolicy}), and would lose jobs and incidents when it is full. Set maxmemory-policy noeviction.`;
}
