import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A property or body field of the contract; the format is described in the fact sheet that it was made from. */
export interface ContractProperty {
  readonly type: string;
  readonly collection?: true;
  readonly nullable?: false;
  readonly navigation?: true;
}

export interface ContractType {
  readonly kind: string;
  readonly properties: Readonly<Record<string, ContractProperty>>;
}

export interface ContractOperation {
  readonly id: string;
  readonly version: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly documentedQuery: readonly string[] | null;
  readonly requestBody:
    | null
    | { readonly kind: 'inline'; readonly properties: Readonly<Record<string, ContractProperty>> }
    | {
        readonly kind: 'ref';
        readonly type: string;
        readonly allowed?: readonly string[];
        readonly required: readonly string[];
      };
  readonly responses: Readonly<Record<string, { readonly shape: string; readonly type?: string }>>;
}

/** What is known of Exchange Online, which nobody documents: how its PowerShell module asks. */
export interface ExternalOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  /** Lower-case names of headers that every request has. */
  readonly headers: readonly string[];
  /** Parameters of each cmdlet; all of them are needed. */
  readonly cmdlets: Readonly<Record<string, readonly string[]>>;
  /** What a mailbox may be made. */
  readonly types: readonly string[];
}

export interface Contract {
  readonly operations: readonly ContractOperation[];
  readonly externalOperations: readonly ExternalOperation[];
  readonly types: Readonly<Record<string, ContractType>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly csvReports: Readonly<Record<string, { readonly columns: readonly string[] }>>;
  readonly userDefaultProperties: readonly string[];
  readonly userNotInCollection: readonly string[];
}

/** What Microsoft Graph documents of the operations that the product uses. */
export const CONTRACT: Contract = JSON.parse(
  readFileSync(path.join(__dirname, 'graph-contract.json'), 'utf8'),
) as Contract;

/** The operation for a request; literal segments win over `{...}`. */
export function operationFor(version: string, method: string, route: string): ContractOperation | undefined {
  const matching = CONTRACT.operations.filter(
    (each) => each.version === version && each.method === method && patternOf(each.path).test(route),
  );
  return matching.toSorted((a, b) => holes(a.path) - holes(b.path))[0];
}

/** The same outside of Graph. */
export function externalOperationFor(method: string, route: string): ExternalOperation | undefined {
  return CONTRACT.externalOperations.find(
    (each) => each.method === method && patternOf(each.path).test(route),
  );
}

function patternOf(template: string): RegExp {
  const parts = template.split(/(\{[^}]+\})/);
  const pattern = parts.map((part) =>
    part.startsWith('{') ? "[^/()']+" : part.replaceAll(/[.$()\\']/g, '\\$&'),
  );
  return new RegExp(`^${pattern.join('')}$`);
}

function holes(template: string): number {
  return template.split('{').length;
}
