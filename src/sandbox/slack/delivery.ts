import type { Delivery, DeliveryKind, Json } from './shapes.ts';
import { deliverSigned } from './signed-http.ts';
import type { SocketMode } from './socket-mode.ts';
import type { State } from './state.ts';

/** Events that were not acknowledged come again at once, after a minute and after five (Events API, retries). */
const eventRetryAfterMs = [0, 60_000, 300_000] as const;

export interface DeliverySettings {
  readonly signingSecret: string;
  /** How long the app has: 3 s, as in Slack, unless a test is in a hurry. */
  readonly ackTimeoutMs: number;
}

export interface Deliveries {
  /** Hands something to the app and resolves with its acknowledgement or the lack of it. Never rejects. */
  deliver(kind: DeliveryKind, payload: Json): Promise<Delivery>;
  /** The same envelope once more, as Slack does when an acknowledgement got lost on its side. */
  redeliver(envelopeId: string): Promise<Delivery>;
  /** Every envelope is sent twice at once while this is on. */
  duplicate(on: boolean): void;
  /** Signed HTTP to this address instead of Socket Mode; undefined goes back. */
  requestUrl(url: string | undefined): void;
  close(): void;
}

interface Parcel {
  readonly envelopeId: string;
  readonly kind: DeliveryKind;
  readonly payload: Json;
  readonly attempt: number;
}

type Receipt = { readonly answer?: Json; readonly failure?: NonNullable<Delivery['failure']> };
type Carrier = (parcel: Parcel) => Promise<Receipt>;

export function slackDeliveries(state: State, socket: SocketMode, settings: DeliverySettings): Deliveries {
  const timers = new Set<NodeJS.Timeout>();
  const bySocket = socketCarrier(socket, settings.ackTimeoutMs);
  let url: string | undefined;
  let twice = false;

  const attempt = async (parcel: Parcel): Promise<Delivery> => {
    const startedAt = performance.now();
    const carrier = url === undefined ? bySocket : httpCarrier(state, settings, url);
    const receipt = await carrier(parcel);
    const tookMs = performance.now() - startedAt;
    const delivery: Delivery = { ...parcel, ...receipt, acked: receipt.failure === undefined, tookMs };
    state.deliveries.push(delivery);
    state.changed();
    if (!delivery.acked && parcel.kind === 'events_api') again(parcel);
    return delivery;
  };

  const again = (parcel: Parcel) => {
    const delayMs = eventRetryAfterMs[parcel.attempt];
    if (delayMs === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt({ ...parcel, attempt: parcel.attempt + 1 });
    }, delayMs).unref();
    timers.add(timer);
  };

  return {
    deliver: (kind, payload) => {
      const parcel: Parcel = { envelopeId: state.nextId('envelope-'), kind, payload, attempt: 0 };
      const first = attempt(parcel);
      if (twice) void attempt(parcel);
      return first;
    },
    redeliver: (envelopeId) => {
      const before = state.deliveries.findLast((one) => one.envelopeId === envelopeId);
      if (!before) throw new Error(`No envelope ${envelopeId} was delivered in this workspace.`);
      const { kind, payload } = before;
      return attempt({ envelopeId, kind, payload, attempt: before.attempt + 1 });
    },
    duplicate: (on) => {
      twice = on;
    },
    requestUrl: (next) => {
      url = next;
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Each acknowledgement answers the longest waiting delivery of its envelope. */
function socketCarrier(socket: SocketMode, ackTimeoutMs: number): Carrier {
  const waiting: { envelopeId: string; settle: (receipt: Receipt) => void }[] = [];
  socket.onAck((envelopeId, answer) => {
    const place = waiting.findIndex((one) => one.envelopeId === envelopeId);
    const [entry] = place < 0 ? [] : waiting.splice(place, 1);
    entry?.settle(answer && Object.keys(answer).length > 0 ? { answer } : {});
  });
  return (parcel) =>
    new Promise((resolve) => {
      if (!socket.send(envelope(parcel))) {
        resolve({ failure: 'dispatch_failed' });
        return;
      }
      const settle = (receipt: Receipt) => {
        clearTimeout(timer);
        resolve(receipt);
      };
      const entry = { envelopeId: parcel.envelopeId, settle };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        resolve({ failure: 'operation_timeout' });
      }, ackTimeoutMs).unref();
      waiting.push(entry);
    });
}

function envelope({ envelopeId, kind, payload, attempt }: Parcel): Json {
  const event = kind === 'events_api';
  return {
    envelope_id: envelopeId,
    type: kind,
    accepts_response_payload: !event,
    payload,
    ...(event || attempt > 0 ? { retry_attempt: attempt, retry_reason: attempt > 0 ? 'timeout' : '' } : {}),
  };
}

function httpCarrier(state: State, settings: DeliverySettings, url: string): Carrier {
  const target = {
    url,
    signingSecret: settings.signingSecret,
    timeoutMs: settings.ackTimeoutMs,
    clock: state.clock,
  };
  return async ({ kind, payload, attempt }) => {
    const retry = attempt > 0 ? { retry: { number: attempt, reason: 'http_timeout' } } : {};
    const receipt = await deliverSigned(target, { kind, payload, ...retry });
    if (!receipt.acked) return { failure: 'operation_timeout' };
    return receipt.answer ? { answer: receipt.answer } : {};
  };
}
