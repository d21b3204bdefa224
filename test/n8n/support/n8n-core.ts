import { mkdtempSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ICredentialType,
  IHookFunctions,
  ILoadOptionsFunctions,
  INode,
  INodeType,
  IPollFunctions,
  IRun,
  ITaskData,
  IWebhookData,
  IWebhookFunctions,
  IWorkflowExecuteAdditionalData,
  Workflow,
  WorkflowExecuteMode,
} from 'n8n-workflow';
import { PACK_FOLDER, requirePackage, tool } from '../../../n8n-toolchain/toolchain.ts';
import { inPackTime, type PackTime, setPackTime } from './pack-time.ts';

/** What of n8n's engine runs a workflow. Its own types cannot be had without installing it. */
export interface N8nCore {
  readonly PackageDirectoryLoader: new (
    folder: string,
  ) => {
    loadAll(): Promise<void>;
    readonly nodeTypes: Readonly<Record<string, { readonly type: INodeType }>>;
    readonly credentialTypes: Readonly<Record<string, { readonly type: ICredentialType }>>;
  };
  readonly WorkflowExecute: new (
    additionalData: IWorkflowExecuteAdditionalData,
    mode: WorkflowExecuteMode,
  ) => {
    run(options: {
      readonly workflow: Workflow;
      readonly startNode: INode;
      readonly triggerToStartFrom: { readonly name: string; readonly data: ITaskData };
    }): Promise<IRun>;
  };
  readonly ExecutionLifecycleHooks: new (
    mode: WorkflowExecuteMode,
    executionId: string,
    workflowData: object,
  ) => object;
  readonly LoadOptionsContext: new (
    workflow: Workflow,
    node: INode,
    additionalData: IWorkflowExecuteAdditionalData,
    path: string,
  ) => ILoadOptionsFunctions;
  readonly PollContext: new (
    workflow: Workflow,
    node: INode,
    additionalData: IWorkflowExecuteAdditionalData,
    mode: WorkflowExecuteMode,
    activation: 'init' | 'manual',
  ) => IPollFunctions;
  readonly HookContext: new (
    workflow: Workflow,
    node: INode,
    additionalData: IWorkflowExecuteAdditionalData,
    mode: WorkflowExecuteMode,
    activation: 'activate' | 'init' | 'manual',
  ) => IHookFunctions;
  readonly WebhookContext: new (
    workflow: Workflow,
    node: INode,
    additionalData: IWorkflowExecuteAdditionalData,
    mode: WorkflowExecuteMode,
    webhookData: Pick<IWebhookData, 'webhookDescription'>,
    closeFunctions: readonly never[],
    runExecutionData: null,
  ) => IWebhookFunctions;
}

export type N8nWorkflow = typeof import('n8n-workflow');

export interface Engine {
  readonly core: N8nCore;
  readonly workflow: N8nWorkflow;
  readonly nodes: Readonly<Record<string, INodeType>>;
  readonly credentials: Readonly<Record<string, ICredentialType>>;
}

/**
 * Loads n8n's engine and, as it does, the bundled pack. Once a process: in one of its own, or in a plain program, since
 * a test runner that replaces Node's loader replaces what n8n's engine rests on.
 *
 * @param time what the pack takes for the clock; default the process's own
 */
export async function loadEngine(time?: PackTime): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'stackbridge-n8n-'));
  Object.assign(process.env, {
    N8N_USER_FOLDER: folder,
    N8N_ENCRYPTION_KEY: 'a key of a test, of no account',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_LOG_LEVEL: 'silent',
  });
  if (time !== undefined) setPackTime(time);
  const pack = pathToFileURL(join(PACK_FOLDER, 'dist/')).href;
  const toolchain = pathToFileURL(join(PACK_FOLDER, '../n8n-toolchain/package.json')).href;
  // n8n lends its packs its own n8n-workflow.
  registerHooks({
    resolve: (name, context, next) =>
      name === 'n8n-workflow' && context.parentURL?.startsWith(pack)
        ? next(name, { ...context, parentURL: toolchain })
        : next(name, context),
    load: (url, context, next) =>
      time !== undefined && url.startsWith(pack) ? inPackTime(next(url, context)) : next(url, context),
  });
  tool('n8n-core');
  requirePackage('reflect-metadata');
  const core: N8nCore = requirePackage('n8n-core');
  const workflow: N8nWorkflow = requirePackage('n8n-workflow');
  const loader = new core.PackageDirectoryLoader(PACK_FOLDER);
  await loader.loadAll();
  return {
    core,
    workflow,
    nodes: typesOf(loader.nodeTypes),
    credentials: typesOf(loader.credentialTypes),
  };
}

function typesOf<Type>(loaded: Readonly<Record<string, { readonly type: Type }>>): Record<string, Type> {
  return Object.fromEntries(Object.entries(loaded).map(([name, { type }]) => [name, type]));
}
