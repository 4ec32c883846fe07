import { z } from 'zod';
import type { CheckedExchange } from './check-exchange.js';
import { externalOperationFor } from './graph-contract.js';
import type { ExternalOperation } from './graph-contract.js';

const REQUEST = z.strictObject({
  CmdletInput: z.strictObject({ CmdletName: z.string(), Parameters: z.record(z.string(), z.string()) }),
});
const ANSWER = z.strictObject({
  '@odata.context': z.string().optional(),
  '@odata.nextLink': z.string().optional(),
  '@adminapi.warnings': z.array(z.string()).optional(),
  value: z.array(z.record(z.string(), z.unknown())),
});
const FAILURE = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ message: z.string() })).optional(),
  }),
});

/** Every way in which an exchange with Exchange Online departs from how its PowerShell module speaks. */
export function cmdletViolationsOf(
  exchange: CheckedExchange,
  address: string,
  queryText: string,
): readonly string[] {
  const operation = externalOperationFor(exchange.method, address);
  if (!operation) return [`${exchange.method} ${address}: no such operation`];
  const query = [...new URLSearchParams(queryText).keys()].filter((name) => !operation.query.includes(name));
  const headers = operation.headers.filter((name) => exchange.requestHeaders?.[name] === undefined);
  return [
    ...query.map((name) => `query option ${name} is not known`),
    ...headers.map((name) => `header ${name} is missing`),
    ...requestViolations(operation, exchange.requestBody),
    ...answerViolations(exchange),
  ].map((violation) => `${operation.id}: ${violation}`);
}

function requestViolations({ cmdlets, types }: ExternalOperation, body: unknown): readonly string[] {
  const request = REQUEST.safeParse(body);
  if (!request.success) return ['the body is no cmdlet'];
  const { CmdletName, Parameters } = request.data.CmdletInput;
  const wanted = cmdlets[CmdletName];
  if (!wanted) return [`${CmdletName} is no cmdlet of ours`];
  const given = Object.keys(Parameters);
  const type = Parameters['Type'];
  return [
    ...wanted.filter((name) => !given.includes(name)).map((name) => `${name} is missing`),
    ...given.filter((name) => !wanted.includes(name)).map((name) => `${name} is no parameter of ours`),
    ...(type === undefined || types.includes(type) ? [] : [`${type} is no type of a mailbox`]),
  ];
}

function answerViolations({ status, responseBody }: CheckedExchange): readonly string[] {
  const shape = status === 200 ? ANSWER : status >= 400 ? FAILURE : undefined;
  if (!shape) return [`status ${String(status)} is not known`];
  return shape.safeParse(responseBody).success ? [] : ['the answer is of another shape'];
}
