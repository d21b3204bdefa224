import type {
  ICredentialDataDecryptedObject,
  ICredentials,
  ICredentialsHelper,
  IHttpRequestOptions,
  INode,
  INodeCredentialsDetails,
  INodeProperties,
  IRequestOptionsSimplified,
  IWorkflowExecuteAdditionalData,
  Workflow,
} from 'n8n-workflow';
import type { Engine } from './n8n-core.ts';

/** Credentials by the name of their type: a workflow of these tests has one of each. */
export type StoredCredentials = Record<string, ICredentialDataDecryptedObject>;

/** n8n's store of credentials, in memory: fills in defaults, resolves expressions, keeps renewed tokens. */
export class CredentialSafe implements ICredentialsHelper {
  readonly #engine: Engine;
  readonly #stored: StoredCredentials;

  constructor(engine: Engine, stored: StoredCredentials) {
    this.#engine = engine;
    this.#stored = stored;
  }

  getParentTypes(name: string): string[] {
    return this.#engine.credentials[name]?.extends ?? [];
  }

  isCredentialUsableByNode(): boolean {
    return true;
  }

  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    given: IHttpRequestOptions | IRequestOptionsSimplified,
    workflow: Workflow,
    node: INode,
  ): Promise<IHttpRequestOptions> {
    const { authenticate } = this.#engine.credentials[typeName] ?? {};
    if (!('url' in given) || given.url === undefined) throw new RangeError('A request has a URL');
    const options: IHttpRequestOptions = { ...given, url: given.url };
    if (authenticate === undefined) return options;
    if (typeof authenticate === 'function') return authenticate(credentials, options);
    const { username = '', password = '' } = authenticate.properties.auth ?? {};
    const resolved = (text: string): string =>
      String(
        workflow.expression.getComplexParameterValue(node, text, 'internal', { $credentials: credentials }),
      );
    return { ...options, auth: { username: resolved(username), password: resolved(password) } };
  }

  preAuthentication = async (): Promise<undefined> => undefined;
  runPreAuthentication = async (): Promise<undefined> => undefined;

  getCredentials(): Promise<ICredentials> {
    return Promise.reject(new Error('These tests keep credentials decrypted'));
  }

  async getDecrypted(
    _additionalData: IWorkflowExecuteAdditionalData,
    _details: INodeCredentialsDetails,
    type: string,
  ): Promise<ICredentialDataDecryptedObject> {
    const stored = this.#stored[type];
    if (stored === undefined) throw new RangeError(`No credential ${type}`);
    const defaults = Object.fromEntries(
      this.getCredentialsProperties(type).map((one) => [one.name, one.default]),
    );
    const data = { ...defaults, ...stored };
    const node = {
      id: '',
      name: '',
      typeVersion: 1,
      type: '',
      position: [0, 0],
      parameters: {},
    } satisfies INode;
    const workflow = new this.#engine.workflow.Workflow({
      nodes: [],
      connections: {},
      active: false,
      nodeTypes: { getByName: none, getByNameAndVersion: none, getKnownTypes: () => ({}) },
    });
    const resolved = Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('=')
        ? workflow.expression.getComplexParameterValue(
            node,
            value,
            'internal',
            {},
            undefined,
            undefined,
            data,
          )
        : value,
    ]);
    return Object.fromEntries(resolved);
  }

  async updateCredentials(
    _details: INodeCredentialsDetails,
    type: string,
    data: ICredentialDataDecryptedObject,
  ): Promise<void> {
    this.#stored[type] = data;
  }

  async updateCredentialsOauthTokenData(
    _details: INodeCredentialsDetails,
    type: string,
    { oauthTokenData }: ICredentialDataDecryptedObject,
  ): Promise<void> {
    this.#stored[type] = {
      ...this.#stored[type],
      ...(oauthTokenData === undefined ? {} : { oauthTokenData }),
    };
  }

  getCredentialsProperties(type: string): INodeProperties[] {
    return this.#engine.credentials[type]?.properties ?? [];
  }
}

function none(): never {
  throw new RangeError('A credential has no nodes');
}
