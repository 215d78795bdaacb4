import type { ChatState } from '../domain/doctor/chat.ts';
import type { StoreState } from '../domain/doctor/redis.ts';

/** What Vaultcheck stores in, asked about itself. `clockMs`: its own clock. Throws GapError. */
export type StoreHealth = { read(): Promise<StoreState & { clockMs: number }> };

/** A channel of the configuration, and where it is named. */
export type NamedChannel = { id: string; where: string };

/** The chat, asked about our own token. Throws GapError. */
export type ChatHealth = { read(channels: readonly NamedChannel[]): Promise<ChatState> };
