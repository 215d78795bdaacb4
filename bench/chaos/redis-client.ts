import { Redis } from 'ioredis';

/** A connection that waits while Redis is away. */
export function openClient(port: number): Redis {
  const client = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: null });
  client.on('error', () => {});
  return client;
}
