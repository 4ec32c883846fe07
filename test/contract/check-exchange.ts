import { cmdletViolationsOf } from './check-cmdlet.js';
import { checkObject, checkValue } from './check-value.js';
import { CONTRACT, operationFor } from './graph-contract.js';
import type { ContractOperation } from './graph-contract.js';

/** One recorded exchange with Graph, real or simulated. */
export interface CheckedExchange {
  readonly method: string;
  /** Path and query, beginning with the version. */
  readonly url: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** Every way in which an exchange departs from what Graph documents; empty when it does not. */
export function violationsOf(exchange: CheckedExchange): readonly string[] {
  const [address = '', queryText = ''] = exchange.url.split('?');
  if (address.startsWith('/adminapi/')) return cmdletViolationsOf(exchange, address, queryText);
  const [, version = '', ...rest] = address.split('/');
  const route = `/${rest.map(decodeURIComponent).join('/')}`;
  const operation = operationFor(version, exchange.method, route);
  if (!operation) return [`${exchange.method} ${address}: no such operation`];
  const query = new Map(new URLSearchParams(queryText));
  const found = [
    // The rest of a link that Graph itself made is Graph's business.
    ...(query.has('$skiptoken') ? [] : checkQuery(operation, query)),
    ...checkRequestBody(operation, exchange.requestBody),
    ...checkResponse(operation, query, exchange),
    ...(operation.id === 'batch' ? checkSteps(version, exchange) : []),
  ];
  return found.map((violation) => `${operation.id}: ${violation}`);
}

function checkQuery(operation: ContractOperation, query: ReadonlyMap<string, string>): readonly string[] {
  const documented = operation.documentedQuery ?? operation.query;
  const options = [...query.keys()].filter((name) => !documented.includes(name));
  const types = selectableTypes(operation);
  return [
    ...options.map((name) => `query option ${name} is not documented`),
    ...unknownNames(query.get('$select'), types),
    ...checkExpand(query.get('$expand'), types),
  ];
}

function checkExpand(expand: string | undefined, types: readonly string[]): readonly string[] {
  if (expand === undefined) return [];
  const [, name = expand, select] = /^(\w+)(?:\(\$select=([^)]*)\))?$/.exec(expand) ?? [];
  const property = types.map((type) => CONTRACT.types[type]?.properties[name]).find((each) => each);
  if (!property?.navigation) return [`$expand of ${name}, which is no navigation property`];
  return unknownNames(select, ['microsoft.graph.user']);
}

function unknownNames(select: string | undefined, types: readonly string[]): readonly string[] {
  const names = (select ?? '').split(',').filter((name) => name !== '');
  const known = types.flatMap((type) => Object.keys(CONTRACT.types[type]?.properties ?? {}));
  return names
    .filter((name) => !known.includes(name))
    .map((name) => `$select of ${name}, which does not exist`);
}

/** A directory object may be a person or a group, so the names of both may be selected. */
function selectableTypes(operation: ContractOperation): readonly string[] {
  const type = Object.values(operation.responses).find((each) => each.type)?.type ?? '';
  return type === 'microsoft.graph.directoryObject'
    ? ['microsoft.graph.user', 'microsoft.graph.group', type]
    : [type];
}

function checkRequestBody(operation: ContractOperation, body: unknown): readonly string[] {
  const expected = operation.requestBody;
  if (!expected) {
    const empty = body === undefined || (isObject(body) && Object.keys(body).length === 0);
    return empty ? [] : ['a body where none is documented'];
  }
  if (!isObject(body)) return ['no JSON body where one is documented'];
  if (expected.kind === 'inline') {
    const required = Object.entries(expected.properties).flatMap(([name, { nullable }]) =>
      nullable === false ? name : [],
    );
    return [...missing(body, required), ...checkObject('body', body, expected.properties)];
  }
  const properties = CONTRACT.types[expected.type]?.properties ?? {};
  const strange = Object.keys(body).filter((name) => expected.allowed && !expected.allowed.includes(name));
  return [
    ...missing(body, expected.required),
    ...strange.map((name) => `body.${name} is not allowed here`),
    ...checkObject('body', body, properties),
  ];
}

function missing(body: Json, required: readonly string[]): readonly string[] {
  return required.filter((name) => body[name] === undefined).map((name) => `body.${name} is missing`);
}

function checkResponse(
  operation: ContractOperation,
  query: ReadonlyMap<string, string>,
  exchange: CheckedExchange,
): readonly string[] {
  const { status, responseBody: body } = exchange;
  if (status >= 400) return checkValue('error', body, { type: 'local.odataError' });
  const expected = operation.responses[String(status)];
  if (!expected) return [`status ${String(status)} is not documented`];
  const type = { type: expected.type ?? 'local.any' };
  const select = query.get('$select')?.split(',');
  switch (expected.shape) {
    case 'collection': {
      if (!isObject(body) || !Array.isArray(body['value'])) return ['the answer has no value array'];
      const extra = Object.keys(body).filter((name) => name !== 'value' && !name.startsWith('@odata.'));
      return [
        ...extra.map((name) => `answer.${name} does not belong to a collection`),
        ...body['value'].flatMap((each: unknown) => [
          ...checkValue('value[]', each, type),
          ...unselected(each, select),
        ]),
      ];
    }
    case 'entity':
    case 'complex':
      return [...checkValue('answer', body, type), ...unselected(body, select)];
    case 'value':
      return isObject(body) ? checkValue('answer.value', body['value'], type) : ['the answer is no object'];
    case 'text':
      return typeof body === 'string' ? [] : ['the answer is no plain text'];
    case 'redirect': {
      const names = Object.keys(exchange.responseHeaders ?? {}).map((name) => name.toLowerCase());
      return names.includes('location') ? [] : ['a redirect without Location'];
    }
    default:
      return body === undefined || body === '' ? [] : ['a body where none is documented'];
  }
}

/** What was not asked for, except the id that Graph adds to sign-in activity, and what was expanded. */
function unselected(value: unknown, select: readonly string[] | undefined): readonly string[] {
  if (!select || !isObject(value)) return [];
  const extra = Object.entries(value).filter(
    ([name, each]) => name !== 'id' && !name.includes('@') && !select.includes(name) && !isObject(each),
  );
  return extra.map(([name]) => `value.${name} was not selected`);
}

function checkSteps(version: string, exchange: CheckedExchange): readonly string[] {
  const requests = stepsOf(exchange.requestBody, 'requests');
  const responses = stepsOf(exchange.responseBody, 'responses');
  const found = requests.length > 20 ? ['more than 20 steps'] : [];
  if (exchange.status !== 200) return found;
  return [
    ...found,
    ...requests.flatMap((request) => {
      const response = responses.find((each) => each['id'] === request['id']);
      if (!response) return [`step ${String(request['id'])} has no answer`];
      return violationsOf({
        method: String(request['method']),
        url: `/${version}/${String(request['url']).replace(/^\//, '')}`,
        requestBody: request['body'],
        status: Number(response['status']),
        responseHeaders: response['headers'] as Readonly<Record<string, string>>,
        responseBody: response['body'],
      });
    }),
  ];
}

function stepsOf(body: unknown, name: string): readonly Json[] {
  const steps = isObject(body) ? body[name] : undefined;
  return Array.isArray(steps) ? steps.filter(isObject) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
