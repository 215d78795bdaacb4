import type { z } from 'zod';
import type { RedisClient } from '../connect.ts';

/**
 * A stored document, or null when there is none. One that another version wrote and this one cannot read counts as
 * none: what it holds is never half believed.
 */
export async function readJson<S extends z.ZodType>(
  redis: RedisClient,
  key: string,
  shape: S,
): Promise<z.infer<S> | null> {
  const text = await redis.get(key);
  return text === null ? null : parseJson(text, shape);
}

export function parseJson<S extends z.ZodType>(text: string, shape: S): z.infer<S> | null {
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
