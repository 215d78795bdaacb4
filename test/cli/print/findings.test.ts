import { expect, it } from 'vitest';
import { printFindings } from '../../../src/cli/print/findings.ts';
import { about, leftOut, unwell, well } from '../../../src/domain/doctor/finding.ts';

it('prints findings area by area, each with what to do', async () => {
  const findings = [
    ...about('configuration', null, [well('vaultcheck.yaml is right: 1 integration.')]),
    ...about('slack', null, [leftOut('SLACK_BOT_TOKEN is not set, so Slack was not asked.')]),
    ...about('reader', 'corp', [
      well('The reader logs in to Secret Server.'),
      unwell('fail', 'The reader holds more than it may: Edit Secret.', 'Take that away in its role.'),
    ]),
    ...about('sites', 'corp', [
      unwell(
        'fail',
        'No probe of the site dmz is alive: the last sign of one was at 2026-11-24T02:00Z.',
        'Start one.',
      ),
    ]),
  ];
  const text = printFindings(findings, { colour: false, width: 80, timeZone: 'Europe/Berlin' });
  await expect(text).toMatchFileSnapshot('../../golden/cli/doctor.golden.txt');
});
