/** An element to be written: text, or elements inside. `cdata` is how the vendor writes what people typed. */
export type Xml = { name: string; inside: string | Xml[]; cdata?: boolean };

export function element(name: string, inside: string | number | Xml[]): Xml {
  return { name, inside: typeof inside === 'number' ? String(inside) : inside };
}

/** Text that people typed, with the blanks that the vendor likes to put around it. */
export function typed(name: string, inside: string): Xml {
  return { name, inside: ` ${inside}\n`, cdata: true };
}

/** The whole document with what the vendor puts around it: a DOCTYPE that names a file, and a comment at the end. */
export function document(root: string, inside: Xml[], now: number): string {
  const body = element('RESPONSE', [element('DATETIME', time(now)), ...inside]);
  return [
    '<?xml version="1.0" encoding="UTF-8" ?>',
    `<!DOCTYPE ${root} SYSTEM "https://qualysapi.example/api/${root.toLowerCase()}.dtd">`,
    written(element(root, [body])),
    '<!-- CONFIDENTIAL AND PROPRIETARY INFORMATION. //-->',
  ].join('\n');
}

/** Times are whole seconds, in UTC. */
export function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Every value becomes one of a wrong kind. */
export function distorted(one: Xml): Xml {
  return { ...one, inside: typeof one.inside === 'string' ? 'perhaps' : one.inside.map(distorted) };
}

function written({ name, inside, cdata = false }: Xml): string {
  if (typeof inside !== 'string') return `<${name}>\n${inside.map(written).join('\n')}\n</${name}>`;
  if (inside === '') return `<${name} />`;
  const content = cdata ? `<![CDATA[${inside}]]>` : inside.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<${name}>${content}</${name}>`;
}
