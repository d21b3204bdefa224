import type { Answer, RequestFault } from '../../simulator.ts';
import type { WriteMode } from '../dml.ts';

/** A call below `/services/data/vXX.X`, freed of HTTP, so that composite calls can make them, too. */
export interface ApiCall {
  method: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string | undefined>>;
  /** Lower-cased names. */
  headers: Readonly<Record<string, string | undefined>>;
  /** JSON data, text for CSV, undefined without a body. */
  body: unknown;
  /** `60.0` */
  version: string;
  fault: RequestFault | null;
}

/** One operation of the REST API. A string body is JSON text unless the headers say otherwise. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD';
  /** Below the version, with `:name` parts: `/sobjects/:object/:id`. */
  path: string;
  /** Name for call counts and fault rules. */
  operation: string;
  handle(call: ApiCall): Answer;
}

/** Named part of the path; the route guarantees it. */
export function param(call: ApiCall, name: string): string {
  return call.params[name] ?? '';
}

/** How this call's writes treat duplicates, from its `Sforce-Duplicate-Rule-Header`. */
export function writeMode(call: ApiCall): WriteMode {
  const options = headerOptions(call.headers['sforce-duplicate-rule-header']);
  return {
    asPerson: false,
    duplicates: {
      allowSave: options.allowsave === 'true',
      includeRecordDetails: options.includerecorddetails === 'true',
    },
  };
}

/** `a=1; b=2` as lower-cased names and values. */
export function headerOptions(header: string | undefined): Record<string, string> {
  const options: Record<string, string> = {};
  for (const part of header?.split(/[;,]/) ?? []) {
    const [name, value] = part.split('=');
    if (name !== undefined && value !== undefined)
      options[name.trim().toLowerCase()] = value.trim().toLowerCase();
  }
  return options;
}
