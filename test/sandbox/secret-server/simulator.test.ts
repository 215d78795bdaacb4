import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../../src/sandbox/secret-server/simulator.ts';
import { clientOf } from './client.ts';

describe('the healthy Secret Server', () => {
  let vault: SecretServerSimulator;
  let client: ReturnType<typeof clientOf>;

  beforeAll(async () => {
    vault = await simulateSecretServer();
    client = clientOf(vault);
  });

  afterAll(async () => {
    await client.close();
    await vault.close();
  });

  it('gives the reader a token of twenty minutes and writes the login down', async () => {
    const { status, body } = await client.logIn();
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 1199 });
    expect(vault.world.userAudits.at(-1)).toMatchObject({ action: 'Login', from: vault.world.clientAddress });
  });

  it('finds the secret by its name and shows that the appliance viewed it', async () => {
    const { get } = await client.session();
    const search = await get('/v2/secrets?filter.searchText=scanadmin&filter.isExactMatch=true');
    expect(search.body.records).toMatchObject([{ id: 42, name: 'scanadmin' }]);
    const audits = await get('/v1/secrets/42/audits');
    expect(audits.body.records).toMatchObject([
      { action: 'CHANGE PASSWORD', username: 'ThycoticSystem' },
      { action: 'VIEW', username: 'CORP\\svc-qualys' },
      { action: 'PASSWORD DISPLAYED' },
    ]);
  });
});
