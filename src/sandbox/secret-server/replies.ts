/** What a route answers: JSON, or a page. */
export type Reply = { status: number; headers?: Record<string, string> } & (
  | { json: unknown }
  | { html: string }
  | { xml: string }
);

export const ok = (json: unknown): Reply => ({ status: 200, json });

/** The one answer for a missing permission and for what does not exist. */
export const accessDenied: Reply = {
  status: 400,
  json: { errorCode: 'API_AccessDenied', message: 'Access Denied' },
};

/** A bearer token that was never valid. */
export const unauthorized: Reply = { status: 401, json: null };

export const expiredToken: Reply = {
  status: 403,
  json: { message: 'Authentication failed or expired token.' },
};

export const methodNotAllowed: Reply = {
  status: 405,
  json: { message: 'The requested resource does not support http method.' },
};

/** An address that this version does not have. */
export const noSuchEndpoint: Reply = {
  status: 404,
  json: { message: 'No HTTP resource was found that matches the request URI.' },
};

export const page = (status: number, title: string, text = ''): Reply => ({
  status,
  html: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`,
});

export const notFoundPage = page(404, '404 - File or directory not found.');

/** Ready to send: the bytes and the type of a reply. */
export function rendered(reply: Reply): { type: string; body: string } {
  if ('json' in reply) {
    return {
      type: 'application/json; charset=utf-8',
      body: reply.json === null ? '' : JSON.stringify(reply.json),
    };
  }
  if ('xml' in reply) return { type: 'text/xml; charset=utf-8', body: reply.xml };
  return { type: 'text/html; charset=utf-8', body: reply.html };
}
