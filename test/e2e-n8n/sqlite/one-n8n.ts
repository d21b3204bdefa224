import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatedSystems, startSystems } from '../../bench/simulated-systems.ts';
import { type N8nClient, signInToN8n } from '../n8n/client.ts';
import { type NodeType, packNodes } from '../n8n/node-types.ts';
import { installPack } from '../n8n/pack.ts';
import { type N8nProcess, startN8n } from '../n8n/process.ts';
import { connectAll, type PackCredentials } from '../n8n/sandbox-credentials.ts';
import { createWorkflow, type WorkflowJson } from '../n8n/workflows.ts';
import { everyMinute, readTemplate, withCredentials } from '../templates.ts';

/** n8n in a single process with the pack installed, and every credential of it connected to the sandbox. */
export class OneN8n implements AsyncDisposable {
  readonly systems: SimulatedSystems;
  readonly credentials: PackCredentials;
  readonly #folder: string;
  readonly #port: number;
  readonly #types: readonly NodeType[];
  #process: N8nProcess;
  #client: N8nClient;

  private constructor(opened: Opened) {
    this.systems = opened.systems;
    this.credentials = opened.credentials;
    this.#folder = opened.folder;
    this.#port = Number(new URL(opened.process.baseUrl).port);
    this.#types = opened.types;
    this.#process = opened.process;
    this.#client = opened.client;
  }

  static async open(): Promise<OneN8n> {
    const folder = await mkdtemp(join(tmpdir(), 'stackbridge-n8n-sqlite-'));
    await using begun = new AsyncDisposableStack();
    begun.defer(() => rm(folder, { recursive: true, force: true }));
    const systems = begun.use(await startSystems(folder));
    await installPack(folder);
    const process = await startN8n({ folder });
    begun.defer(() => process.stop());
    const client = await signInToN8n(process.baseUrl);
    const credentials = await connectAll(client, systems);
    const types = await packNodes(client);
    begun.move();
    return new OneN8n({ folder, systems, process, client, credentials, types });
  }

  get client(): N8nClient {
    return this.#client;
  }

  /** Imports a template and chooses its credentials; it fires every minute. @returns the workflow's id */
  async importTemplate(name: string, settings: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const template = withCredentials(await readTemplate(name), this.#types, this.credentials);
    return await this.create({ ...template, settings: { ...template.settings, ...settings } });
  }

  /** What polls, polls every minute. @returns the workflow's id */
  async create(workflow: WorkflowJson): Promise<string> {
    return await createWorkflow(this.#client, everyMinute(workflow));
  }

  /** As an operator does; webhooks keep their address. */
  async restart(): Promise<void> {
    await this.#process.stop();
    this.#process = await startN8n({ folder: this.#folder, port: this.#port });
    this.#client = await signInToN8n(this.#process.baseUrl);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop();
    await this.systems[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Opened {
  readonly folder: string;
  readonly systems: SimulatedSystems;
  readonly process: N8nProcess;
  readonly client: N8nClient;
  readonly credentials: PackCredentials;
  readonly types: readonly NodeType[];
}
