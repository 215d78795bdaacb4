/**
 * Who may import whom, and why: each comment is what somebody who broke the rule reads. Run by
 * test/architecture.test.ts, which also fails when no module was looked at.
 */
const src = (folders) => `^src/(${folders.join('|')})(/|\\.ts$)`;

/** From `folder`, only `allowed` folders of src may be imported. */
const only = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  comment,
  severity: 'error',
  from: { path: src([folder]) },
  to: { path: '^src/', pathNot: src([folder, ...allowed]) },
});

/** A vendor's package is named in one place. */
const vendor = (name, packages, places, comment) => ({
  name: `vendor-${name}`,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: places },
  to: { path: `^node_modules/(${packages})(/|$)` },
});

const pure = ['^src/(domain|checks|commands)/', '^src/slack/render/'];

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle has no first file to read.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    only('domain', [], 'The domain imports nothing of ours: it has no world to fail in.'),
    only('checks', ['domain'], 'A check judges evidence and cannot fetch it.'),
    only('ports', ['domain'], "A port speaks our words, never a vendor's."),
    only('commands', ['domain'], 'Slash words become a command or an answer, the same in any chat.'),
    only(
      'app',
      ['ports', 'domain'],
      'Use cases do not know Slack, Redis or HTTP; checks are handed to them.',
    ),
    only('config', ['domain', 'checks'], 'What is configured is read before anything else is there.'),
    only('queue', ['domain', 'ports'], 'The queue carries jobs; what they do is wired in from outside.'),
    only('adapters', ['ports', 'domain'], 'An adapter translates between a vendor and a port.'),
    only('listeners', ['domain'], 'A listener turns bytes into events, and hands them to whoever opened it.'),
    only(
      'slack',
      ['app', 'commands', 'domain', 'ports', 'queue'],
      'Slack handlers are thin: parse, authorise, enqueue, acknowledge.',
    ),
    only('ops', ['ports', 'domain'], 'Logs, metrics and health know no vendor and no chat.'),
    {
      name: 'vendors-are-wired-once',
      comment: 'Which vendor stands behind a port is said in compose.ts and nowhere else.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(compose\\.ts$|adapters/)' },
      to: { path: '^src/adapters/(secret-server|qualys|directory)/' },
    },
    {
      name: 'command-line-is-outermost',
      comment: 'The command line starts roles; a role runs the same whoever started it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/|main\\.ts$)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'sandbox-stays-outside',
      comment: 'The simulated world serves the demo and the tests; the product must not know that it exists.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sandbox/|cli/demo)' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'pure-is-pure',
      comment:
        'Domain, checks, commands and renderers take time and facts as arguments: no node:, no I/O, no environment.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-packages',
      comment:
        'The pure folders may use zod (shapes), ipaddr.js (address arithmetic) and a string distance: all three are pure.',
      severity: 'error',
      from: { path: pure },
      to: {
        path: '^node_modules/',
        pathNot: '^node_modules/(zod|ipaddr\\.js|fastest-levenshtein|@slack/types)(/|$)',
      },
    },
    vendor('slack', '@slack/[^/]+', ['^src/slack/'], 'Slack is named in src/slack and nowhere else.'),
    vendor('bullmq', 'bullmq', ['^src/queue/'], 'BullMQ lives in src/queue and nowhere else.'),
    vendor(
      'ioredis',
      'ioredis',
      ['^src/(queue|adapters/redis)/'],
      'Redis connections are made in adapters/redis; the queue types them.',
    ),
    vendor('axios', 'axios', ['^src/adapters/'], 'Vendors are asked over HTTP by adapters alone.'),
    vendor(
      'ldap',
      'ldapts',
      ['^src/adapters/directory/', '^src/sandbox/directory/'],
      'The directory protocol is named in its adapter.',
    ),
    vendor(
      'xml',
      'fast-xml-parser',
      ['^src/adapters/qualys/', '^src/sandbox/qualys/'],
      'XML is the dialect of the Qualys adapter.',
    ),
    vendor('commander', 'commander', ['^src/(cli/|main\\.ts$)'], 'Arguments are parsed in cli.'),
    vendor(
      'metrics',
      'prom-client',
      ['^src/ops/'],
      'Metrics are named in ops; others report to the telemetry port.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
