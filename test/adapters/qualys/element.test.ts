import { describe, expect, it } from 'vitest';
import { rootOf } from '../../../src/adapters/qualys/element.ts';

const names = ['PASSWORD', 'password', 'CLEARTEXT_PASSWORD', 'PASSPHRASE', 'PRIVATE_KEY', 'ACTIVATION_CODE'];

describe('an answer taken apart', () => {
  it.each(names)('has no %s left in it, at any depth', (name) => {
    const inside = `<${name}><INNER>canary</INNER><![CDATA[canary]]></${name}>`;
    const root = rootOf(`<A><B>${inside}<VAULT_SECRET_NAME>scanadmin</VAULT_SECRET_NAME></B></A>`);
    expect(JSON.stringify(root)).not.toContain('canary');
    expect(JSON.stringify(root)).toContain('scanadmin');
  });

  it('shows what is no password, so that the search above can find', () => {
    expect(JSON.stringify(rootOf('<A><B>canary</B></A>'))).toContain('canary');
  });
});
