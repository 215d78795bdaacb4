import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Telemetry } from '../ports/telemetry.ts';

/** Metrics for Prometheus, and the telemetry port that feeds them. Times are in seconds, as is the custom there. */
export type Metrics = {
  telemetry: Telemetry;
  /** The text of `/metrics` and its content type. */
  page(): Promise<{ text: string; contentType: string }>;
  /** A value that is looked up when somebody asks. NaN stands for "cannot be read now". */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** As `gauge`, one value for each set of labels. Empty where they cannot be read now. */
  gauges(name: string, help: string, labelNames: string[], read: () => Promise<Labelled[]>): void;
};

/** Labels are of small, fixed sets, such as the names of integrations. */
type Labelled = { labels: Record<string, string>; value: number };

const vendorSeconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60];
const fastSeconds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    telemetry: telemetry(registry),
    page: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set(await Promise.resolve(read()).catch(() => Number.NaN));
        },
      });
    },
    gauges(name, help, labelNames, read) {
      new Gauge({
        name,
        help,
        labelNames,
        registers: [registry],
        async collect() {
          const values = await read().catch(() => []);
          this.reset();
          for (const { labels, value } of values) this.set(labels, value);
        },
      });
    },
  };
}

/** What is measured, under its public name. */
function instruments(registry: Registry) {
  const registers = [registry];
  const timed = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const runs = timed('vaultcheck_run_seconds', 'Runs by overall verdict', ['overall'], vendorSeconds);
  const readings = timed(
    'vaultcheck_reading_seconds',
    'Pieces of evidence by outcome',
    ['key', 'outcome'],
    vendorSeconds,
  );
  const vendor = timed(
    'vaultcheck_vendor_call_seconds',
    'Requests to vendors by result',
    ['source', 'result'],
    vendorSeconds,
  );
  const slack = timed(
    'vaultcheck_slack_call_seconds',
    'Calls of the Slack Web API by result',
    ['method', 'result'],
    vendorSeconds,
  );
  const acknowledged = timed(
    'vaultcheck_acknowledgement_seconds',
    'Slack request to acknowledgement',
    [],
    fastSeconds,
  );
  const lag = timed('vaultcheck_queue_lag_seconds', 'Job due to job started', ['kind'], fastSeconds);
  const jobs = timed('vaultcheck_job_seconds', 'Jobs by kind and result', ['kind', 'result'], vendorSeconds);
  const limited = new Counter({
    name: 'vaultcheck_slack_limited_total',
    help: 'Slack answers 429',
    labelNames: ['method'],
    registers,
  });
  return { runs, readings, vendor, slack, acknowledged, lag, jobs, limited };
}

function telemetry(registry: Registry): Telemetry {
  const { runs, readings, vendor, slack, acknowledged, lag, jobs, limited } = instruments(registry);
  const seconds = (ms: number) => ms / 1_000;
  return {
    runFinished: ({ overall, durationMs }) => runs.observe({ overall }, seconds(durationMs)),
    readingFinished: ({ key, outcome, durationMs }) =>
      readings.observe({ key, outcome }, seconds(durationMs)),
    vendorCalled: ({ source, result, durationMs }) => vendor.observe({ source, result }, seconds(durationMs)),
    slackCalled({ method, result, durationMs }) {
      slack.observe({ method, result }, seconds(durationMs));
      if (result === 'ratelimited') limited.inc({ method });
    },
    commandAcknowledged: (durationMs) => acknowledged.observe(seconds(durationMs)),
    jobStarted: ({ kind, lagMs }) => lag.observe({ kind }, seconds(lagMs)),
    jobFinished: ({ kind, result, durationMs }) => jobs.observe({ kind, result }, seconds(durationMs)),
  };
}
