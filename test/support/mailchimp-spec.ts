import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import {
  isSchema,
  readSpec,
  type SpecOperation,
  type SpecParameter,
  type SpecSchema,
  wireSchema,
} from './mailchimp-spec-schemas.ts';

/** One call of the Marketing API as it goes over the wire. */
export interface ApiExchange {
  method: string;
  /** Path below `/3.0` with its query, e.g. `/lists/a/members?count=10`. */
  path: string;
  /** JSON text; '' when there is none. */
  requestBody: string;
  status: number;
  contentType: string;
  answerBody: string;
}

/** Holds calls and answers against the vendor's Swagger document. */
export interface MailchimpSpec {
  /** What is wrong with a request; empty when nothing is. */
  requestFaults(exchange: Pick<ApiExchange, 'method' | 'path' | 'requestBody'>): string[];
  /** What is wrong with the answer to it. */
  answerFaults(exchange: ApiExchange): string[];
}

/** An Http port that holds each exchange against the document on its way. */
export interface CheckedHttp extends Http {
  /** Every fault so far, each with its call. */
  readonly faults: string[];
  /** Calls held against the document. */
  readonly checked: number;
}

/** Reads the document from beside the project. @throws when it is not there */
export function loadMailchimpSpec(): MailchimpSpec {
  const { paths } = readSpec();
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  const compiled = new Map<string, ValidateFunction>();
  const memberProperties = propertiesOf(paths['/lists/{list_id}/members/{subscriber_hash}']?.get);

  const operations = Object.entries(paths).map(([template, methods]) => ({
    template,
    shape: new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    methods,
  }));
  const find = (method: string, path: string): { key: string; operation: SpecOperation } | undefined => {
    const [bare = ''] = path.split('?');
    for (const { template, shape, methods } of operations) {
      const operation = methods[method.toLowerCase()];
      if (operation !== undefined && shape.test(bare)) return { key: `${method} ${template}`, operation };
    }
    return undefined;
  };
  const faultsAgainst = (key: string, schema: SpecSchema, value: unknown): string[] => {
    let validate = compiled.get(key);
    if (validate === undefined) {
      validate = ajv.compile(wireSchema(schema, memberProperties));
      compiled.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  };

  return {
    requestFaults({ method, path, requestBody }) {
      const found = find(method, path);
      if (found === undefined) return [`${method} ${path}: no such call`];
      const parameters = found.operation.parameters ?? [];
      const body = parameters.find((parameter) => parameter.in === 'body');
      const faults = queryFaults(parameters, new URLSearchParams(path.split('?')[1] ?? ''));
      if (requestBody === '') {
        if (body?.required === true) faults.push('body is required');
      } else if (body?.schema === undefined) {
        faults.push('takes no body');
      } else {
        faults.push(...faultsAgainst(`${found.key} body`, body.schema, JSON.parse(requestBody)));
      }
      return faults.map((fault) => `${found.key}: ${fault}`);
    },

    answerFaults({ method, path, status, contentType, answerBody }) {
      const found = find(method, path);
      if (found === undefined) return [`${method} ${path}: no such call`];
      const isProblem = status >= 400;
      const response = found.operation.responses[isProblem ? 'default' : String(status)];
      const where = `${found.key} -> ${status}`;
      if (response === undefined) return [`${where}: no such answer`];
      if (response.schema === undefined) return answerBody === '' ? [] : [`${where}: has a body`];
      const type = isProblem ? 'application/problem+json' : 'application/json';
      const faults = contentType.startsWith(type) ? [] : [`content type is ${contentType}`];
      // Problems list the fields at fault, which the document's common schema leaves out.
      const { errors: _errors, ...rest } = Object(JSON.parse(answerBody));
      const value: unknown = isProblem ? rest : JSON.parse(answerBody);
      faults.push(...faultsAgainst(`${where} answer`, response.schema, value));
      return faults.map((fault) => `${where}: ${fault}`);
    },
  };
}

/** Wraps a port so that whatever passes below `/3.0` is held against the document; faults are only noted. */
export function checkMailchimpCalls(http: Http, spec: MailchimpSpec): CheckedHttp {
  const faults: string[] = [];
  let checked = 0;
  return {
    faults,
    get checked() {
      return checked;
    },
    async send(request: HttpRequest): Promise<HttpResponse> {
      const response = await http.send(request);
      const [, path] = request.url.split('/mailchimp/3.0');
      if (path === undefined) return response;
      checked += 1;
      const exchange: ApiExchange = {
        method: request.method,
        path: path === '' ? '/' : path,
        requestBody: request.body ?? '',
        status: response.status,
        contentType: response.headers['content-type'] ?? '',
        answerBody: response.body,
      };
      faults.push(...spec.requestFaults(exchange), ...spec.answerFaults(exchange));
      return response;
    },
  };
}

function queryFaults(parameters: readonly SpecParameter[], query: URLSearchParams): string[] {
  const faults: string[] = [];
  const known = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]));
  for (const [name, value] of query) {
    const parameter = known.get(name);
    if (parameter === undefined) faults.push(`no such parameter: ${name}`);
    else if (!fits(parameter, value)) faults.push(`parameter ${name} cannot be ${value}`);
  }
  for (const { name, required } of known.values()) {
    if (required === true && !query.has(name)) faults.push(`parameter ${name} is required`);
  }
  return faults;
}

function fits(parameter: SpecParameter, value: string): boolean {
  if (parameter.enum !== undefined) return parameter.enum.includes(value);
  switch (parameter.type) {
    case 'integer':
      return /^\d+$/.test(value) && Number(value) <= (parameter.maximum ?? Number.POSITIVE_INFINITY);
    case 'boolean':
      return value === 'true' || value === 'false';
    default:
      return true;
  }
}

function propertiesOf(operation: SpecOperation | undefined): SpecSchema {
  const properties = operation?.responses['200']?.schema?.properties;
  return isSchema(properties) ? properties : {};
}
