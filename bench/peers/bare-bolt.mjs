// The smallest Bolt app that acknowledges at once; with REDIS_PORT also a BullMQ queue, worker and events.
import bolt from '@slack/bolt';

const receiver = new bolt.HTTPReceiver({ signingSecret: process.env.SLACK_SIGNING_SECRET });
const app = new bolt.App({
  receiver,
  token: process.env.SLACK_BOT_TOKEN,
  tokenVerificationEnabled: false,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});
app.command(/./, ({ ack }) => ack());

if (process.env.REDIS_PORT) {
  const { Queue, QueueEvents, Worker } = await import('bullmq');
  const connection = { port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null };
  const queue = new Queue('bare', { connection });
  const worker = new Worker('bare', async () => {}, { connection });
  const events = new QueueEvents('bare', { connection });
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady(), events.waitUntilReady()]);
}
const server = await app.start(Number(process.env.PORT));
process.stderr.write(`ready ${server.address().port}\n`);
