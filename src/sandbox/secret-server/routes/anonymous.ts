import { methodNotAllowed, notFoundPage, ok, page, type Reply } from '../replies.ts';
import { timestamp } from '../timestamps.ts';
import type { World } from '../world/world.ts';

/** Answers without a login, also while web services are off. */
export function healthCheck(world: World): Reply {
  const { settings } = world;
  const now = world.now();
  return ok({
    healthy: settings.healthy,
    databaseHealthy: settings.healthy,
    databaseMismatch: false,
    serviceBusHealthy: true,
    storageAccountHealthy: true,
    readOnlyMode: settings.readOnlyMode,
    scheduledForDeletion: false,
    provisionDeletionDateTime: timestamp(null, 'UTC'),
    now: timestamp(now, settings.timeZone),
    utcNow: timestamp(now, 'UTC'),
  });
}

/** Live servers wrap the version in `model`; with version numbers hidden the address refuses. */
export function version(world: World): Reply {
  if (world.settings.hideVersion) {
    return { status: 400, json: { errorCode: 'API_GenericException', message: 'Version number is hidden.' } };
  }
  return ok({ success: true, model: { version: world.settings.version } });
}

const soapPath = /^\/(ss)?webservices\/sswebservice\.asmx$/i;

/** Pages and the SOAP address: what lies below the base path and is no REST. */
export function pageAt(world: World, method: string, path: string, query: string): Reply {
  if (method !== 'GET') return methodNotAllowed;
  if (soapPath.test(path)) return soap(world, query);
  return path === '/' || /^\/login\.aspx$/i.test(path) ? page(200, 'Secret Server Login') : notFoundPage;
}

function soap(world: World, query: string): Reply {
  if (!world.settings.enableWebServices) return page(200, 'Error', world.settings.texts.webServicesPage);
  if (!/^\?wsdl$/i.test(query)) return page(200, 'SSWebService', 'The following operations are supported.');
  return { status: 200, xml: description };
}

const operation = (name: string) =>
  `    <operation name="${name}"><input message="tns:${name}In"/><output message="tns:${name}Out"/></operation>`;

const description = `<?xml version="1.0" encoding="utf-8"?>
<definitions name="SSWebService" targetNamespace="urn:thesecretserver.com" xmlns:tns="urn:thesecretserver.com"
    xmlns="http://schemas.xmlsoap.org/wsdl/">
  <portType name="SSWebServiceSoap">
${['Authenticate', 'SearchSecrets', 'GetSecret', 'GetCheckOutStatus', 'WhoAmI'].map(operation).join('\n')}
  </portType>
</definitions>
`;
