import { describe, expect, it } from 'vitest';
import { configJsonSchema, type SchemaNode } from '../../src/config/schema.ts';

describe('the JSON Schema of the file', () => {
  const schema = configJsonSchema();

  it('says what stands at the top, and allows nothing else', () => {
    expect(Object.keys(schema.properties ?? {})).toEqual([
      'version',
      'slack',
      'integrations',
      'listeners',
      'watch',
      'incidents',
      'keep',
    ]);
    expect(schema.additionalProperties).toBe(false);
    expect(schema).toMatchObject({
      $schema: expect.stringContaining('draft-07'),
      required: ['version', 'integrations'],
    });
  });

  it('describes what a person writes, not what the program makes of it', () => {
    const integration = schema.properties?.['integrations']?.items;
    expect(integration?.properties?.['scanEvery']).toMatchObject({ type: 'string', default: '7d' });
    expect(integration?.properties?.['secretServer']?.properties?.['url']).toMatchObject({ format: 'uri' });
  });

  it('explains at least every second key to the editor', () => {
    const nodes = [...properties(schema)];
    expect(nodes.length).toBeGreaterThan(60);
    expect(nodes.filter((one) => one.description).length).toBeGreaterThan(nodes.length / 2);
  });
});

function* properties(node: SchemaNode): Generator<SchemaNode> {
  for (const one of Object.values(node.properties ?? {})) {
    yield one;
    yield* properties(one);
  }
  if (node.items) yield* properties(node.items);
}
