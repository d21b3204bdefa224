import type {
  IDataObject,
  INode,
  INodeExecutionData,
  INodeListSearchResult,
  INodeParameters,
  INodePropertyOptions,
  INodeType,
  ITaskData,
  IWorkflowExecuteAdditionalData,
  NodeExecutionHint,
  ResourceMapperFields,
  Workflow,
} from 'n8n-workflow';
import { CredentialSafe, type StoredCredentials } from './credential-safe.ts';
import type { Engine } from './n8n-core.ts';
import { nodeFaults } from './node-faults.ts';
import { unexplained } from './unexplained.ts';

const PACK = 'n8n-nodes-stackbridge.';
/** The credential screen stands in no workflow. */
const NO_NODE: PlacedNode = { type: '', parameters: {} };
const LOOPBACK = 'http://127.0.0.1/';

/** A node of the pack as it stands in a workflow. */
export interface PlacedNode {
  /** Without the pack's name. */
  readonly type: string;
  readonly parameters: INodeParameters;
  readonly onError?: INode['onError'];
}

/** What became of a node. */
export interface NodeRun {
  /** Items by output, in the order of the outputs. */
  readonly outputs: readonly (readonly INodeExecutionData[])[];
  readonly hints: readonly NodeExecutionHint[];
  /** What the editor shows in red. */
  readonly error?: { readonly name: string; readonly message: string; readonly description: string };
}

export interface Polled {
  readonly items: readonly IDataObject[];
  /** Static data of the node afterwards. */
  readonly kept: IDataObject;
}

export interface GivenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What a webhook answered by itself, and the items that start the workflow; none where it does not start. */
export interface WebhookRun {
  readonly status: number;
  readonly body: string;
  readonly items: readonly IDataObject[];
}

/** n8n with one workflow's credentials, which runs nodes of the pack. */
export class N8n {
  readonly #engine: Engine;
  readonly #safe: CredentialSafe;

  /** @param stored by type; renewed tokens are kept in it */
  constructor(engine: Engine, stored: StoredCredentials) {
    this.#engine = engine;
    this.#safe = new CredentialSafe(engine, stored);
  }

  /** Runs a node on these items, with n8n's own engine. */
  async run(placed: PlacedNode, items: readonly IDataObject[] = [{}]): Promise<NodeRun> {
    const { core } = this.#engine;
    const { node, workflow } = this.#place(placed);
    const additionalData = this.#additionalData();
    Object.assign(additionalData, {
      hooks: new core.ExecutionLifecycleHooks('trigger', 'execution', {
        id: 'workflow',
        name: 'Test',
        nodes: [node],
        connections: {},
      }),
    });
    const given: ITaskData = {
      startTime: 0,
      executionIndex: 0,
      executionTime: 0,
      source: [],
      data: { main: [items.map((json) => ({ json }))] },
    };
    const { data } = await new core.WorkflowExecute(additionalData, 'trigger').run({
      workflow,
      startNode: node,
      triggerToStartFrom: { name: node.name, data: given },
    });
    const task = data.resultData.runData[node.name]?.at(-1);
    const error = task?.error ?? data.resultData.error;
    return {
      outputs: (task?.data?.main ?? []).map((output) => output ?? []),
      hints: task?.hints ?? [],
      ...(error === undefined
        ? {}
        : {
            error: { name: error.name, message: error.message, description: String(error.description ?? '') },
          }),
    };
  }

  /**
   * Polls as n8n does at its intervals, or as its editor does.
   *
   * @param kept static data of the node; what it becomes is in the result
   */
  async poll(
    placed: PlacedNode,
    kept: IDataObject = {},
    mode: 'trigger' | 'manual' = 'trigger',
  ): Promise<Polled> {
    const { node, workflow } = this.#place(placed);
    Object.assign(workflow.getStaticData('node', node), kept);
    const context = new this.#engine.core.PollContext(workflow, node, this.#additionalData(), mode, 'init');
    const [items = []] = (await this.#type(placed).poll?.call(context)) ?? [];
    return { items: items.map(({ json }) => json), kept: { ...workflow.getStaticData('node', node) } };
  }

  /** Sets a webhook up, looks whether it is, or takes it down, as n8n does around an activation. */
  async setUp(
    placed: PlacedNode,
    method: 'checkExists' | 'create' | 'delete',
    webhookBaseUrl: string,
    kept: IDataObject = {},
  ): Promise<{ readonly done: boolean; readonly kept: IDataObject }> {
    const { node, workflow } = this.#place(placed);
    Object.assign(workflow.getStaticData('node', node), kept);
    const additionalData = { ...this.#additionalData(), webhookBaseUrl };
    const context = new this.#engine.core.HookContext(workflow, node, additionalData, 'trigger', 'activate');
    const done = (await this.#type(placed).webhookMethods?.default?.[method].call(context)) ?? false;
    return { done, kept: { ...workflow.getStaticData('node', node) } };
  }

  /** Hands a request to a webhook, as it came in. */
  async webhook(placed: PlacedNode, request: GivenRequest, kept: IDataObject = {}): Promise<WebhookRun> {
    const { node, workflow } = this.#place(placed);
    Object.assign(workflow.getStaticData('node', node), kept);
    const description = this.#type(placed).description.webhooks?.find(
      ({ httpMethod }) => httpMethod === request.method,
    );
    if (description === undefined) throw new RangeError(`${placed.type} takes no ${request.method}`);
    const { body, path, ...rest } = request;
    const query = Object.fromEntries(new URL(path, LOOPBACK).searchParams);
    const answered = { status: 0, body: '' };
    const response = {
      status: (status: number) => {
        answered.status = status;
        return response;
      },
      end: (text = '') => {
        answered.body = text;
      },
    };
    const additionalData = this.#additionalData();
    Object.assign(additionalData, {
      httpRequest: { ...rest, query, rawBody: Buffer.from(body) },
      httpResponse: response,
    });
    const context = new this.#engine.core.WebhookContext(
      workflow,
      node,
      additionalData,
      'webhook',
      { webhookDescription: description },
      [],
      null,
    );
    const result = await this.#type(placed).webhook?.call(context);
    const [items = []] = result?.workflowData ?? [];
    return { ...answered, items: items.map(({ json }) => json) };
  }

  /** What the editor offers under a searchable list. */
  async search(placed: PlacedNode, method: string, filter?: string): Promise<INodeListSearchResult> {
    const search = this.#type(placed).methods?.listSearch?.[method];
    if (search === undefined) throw new RangeError(`${placed.type} has no list ${method}`);
    return search.call(this.#editing(placed), filter);
  }

  /** What the editor offers under a plain list. */
  async options(placed: PlacedNode, method: string): Promise<INodePropertyOptions[]> {
    const load = this.#type(placed).methods?.loadOptions?.[method];
    if (load === undefined) throw new RangeError(`${placed.type} has no options ${method}`);
    return load.call(this.#editing(placed));
  }

  /** The fields that the editor's mapper shows. */
  async mapperFields(placed: PlacedNode, method: string): Promise<ResourceMapperFields> {
    const map = this.#type(placed).methods?.resourceMapping?.[method];
    if (map === undefined) throw new RangeError(`${placed.type} has no mapper ${method}`);
    return map.call(this.#editing(placed));
  }

  /** What is wrong with how a node is filled in. */
  async faults(placed: PlacedNode): Promise<string[]> {
    return nodeFaults(this.#engine.workflow, this.#place(placed).node, this.#type(placed).description);
  }

  /** What in the editor does not say what it is for. */
  async unexplained(): Promise<string[]> {
    return Object.entries(this.#engine.nodes).flatMap(([name, { description }]) =>
      unexplained(
        // n8n's own, which it adds to whatever polls.
        description.properties.filter((field) => field.name !== 'pollTimes'),
        [name],
      ),
    );
  }

  /** Sends what the button of the credential screen sends. @returns the status that came back */
  async testCredential(type: string): Promise<number> {
    const { test } = this.#engine.credentials[type] ?? {};
    if (test === undefined) throw new RangeError(`${type} has no test`);
    const context = this.#editing(NO_NODE);
    const $credentials = await context.getCredentials(type);
    const resolved = (text: string | undefined): string =>
      String(
        this.#place(NO_NODE).workflow.expression.getSimpleParameterValue(
          context.getNode(),
          text ?? '',
          'internal',
          { $credentials },
        ),
      );
    const answer = await context.helpers.httpRequestWithAuthentication.call(context, type, {
      baseURL: resolved(test.request.baseURL),
      url: resolved(test.request.url),
      returnFullResponse: true,
    });
    return answer.statusCode;
  }

  #type({ type }: PlacedNode) {
    const known = this.#engine.nodes[type];
    if (known === undefined) throw new RangeError(`The pack has no node ${type}`);
    return known;
  }

  /** n8n tests a credential with a node that takes it. */
  #credentialScreen(): INodeType {
    const names = Object.keys(this.#engine.credentials);
    return {
      description: {
        displayName: '',
        name: '',
        group: [],
        version: 1,
        description: '',
        defaults: {},
        inputs: [],
        outputs: [],
        credentials: names.map((name) => ({ name })),
        properties: [],
      },
    };
  }

  #editing(placed: PlacedNode) {
    const { node, workflow } = this.#place(placed);
    const additionalData = { ...this.#additionalData(), currentNodeParameters: placed.parameters };
    return new this.#engine.core.LoadOptionsContext(workflow, node, additionalData, '');
  }

  #place({ type, parameters, onError }: PlacedNode): { readonly node: INode; readonly workflow: Workflow } {
    const credentials = Object.fromEntries(
      Object.keys(this.#engine.credentials).map((name) => [name, { id: name, name }]),
    );
    const node: INode = {
      id: 'node',
      name: 'Node',
      type: PACK + type,
      typeVersion: 1,
      position: [0, 0],
      parameters,
      credentials,
      ...(onError === undefined ? {} : { onError }),
    };
    const known = this.#engine.nodes;
    const byName = (name: string) => {
      const found = name === PACK ? this.#credentialScreen() : known[name.replace(PACK, '')];
      if (found === undefined) throw new RangeError(`The pack has no node ${name}`);
      return found;
    };
    const workflow = new this.#engine.workflow.Workflow({
      id: 'workflow',
      name: 'Test',
      nodes: [node],
      connections: {},
      active: false,
      nodeTypes: { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) },
    });
    return { node: workflow.getNode('Node') ?? node, workflow };
  }

  #additionalData(): IWorkflowExecuteAdditionalData {
    return {
      credentialsHelper: this.#safe,
      executeWorkflow: unable,
      getRunExecutionData: async () => undefined,
      getRuntimeCredential: async () => undefined,
      currentNodeExecutionIndex: 0,
      restApiUrl: LOOPBACK,
      instanceBaseUrl: LOOPBACK,
      formBaseUrl: LOOPBACK,
      formWaitingBaseUrl: LOOPBACK,
      formTestBaseUrl: LOOPBACK,
      webhookBaseUrl: LOOPBACK,
      webhookWaitingBaseUrl: LOOPBACK,
      webhookTestBaseUrl: LOOPBACK,
      mcpBaseUrl: LOOPBACK,
      mcpTestBaseUrl: LOOPBACK,
      variables: {},
      logAiEvent: () => {},
      startRunnerTask: unable,
    };
  }
}

function unable(): Promise<never> {
  return Promise.reject(new Error('These tests run single nodes'));
}
