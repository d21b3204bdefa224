import { SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';

/** What compiling a query needs to know. */
export interface QuerySource {
  org: Org;
  /** The query as sent; error messages point into it. */
  soql: string;
  /** API version for record URLs, `60.0`. */
  version: string;
}

export function malformed(message: string): SalesforceError {
  return new SalesforceError('MALFORMED_QUERY', message);
}

/** A hidden field answers the same: to this user it does not exist. */
export function noSuchColumnInQuery({ soql }: QuerySource, column: string, entity: string): SalesforceError {
  const hint =
    "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
  return pointed(soql, column, `No such column '${column}' on entity '${entity}'. ${hint}`);
}

export function noSuchRelationship({ soql }: QuerySource, relationship: string): SalesforceError {
  const hint =
    "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.";
  return pointed(
    soql,
    relationship,
    `Didn't understand relationship '${relationship}' in field path. ${hint}`,
  );
}

export function noSuchObject(name: string): SalesforceError {
  const message = `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
  return new SalesforceError('INVALID_TYPE', message);
}

function pointed(soql: string, part: string, message: string): SalesforceError {
  const at = Math.max(0, soql.toLowerCase().indexOf(part.toLowerCase()));
  const around = soql.slice(Math.max(0, at - 40), at + part.length + 40);
  const caret = ' '.repeat(Math.min(40, at));
  return new SalesforceError(
    'INVALID_FIELD',
    `\n${around}\n${caret}^\nERROR at Row:1:Column:${at + 1}\n${message}`,
  );
}
