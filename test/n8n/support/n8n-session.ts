import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { BRAKES, type BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { EXIT, exitCodeOf } from 'stackbridge/commands/exit-code.ts';
import type { Answer, HostSession, HostSetup, SyncOutcome, SyncRequest } from 'stackbridge/scenarios/host.ts';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { markFields, marksOf } from '../../support/marked-fields.ts';
import type { StoredCredentials } from './credential-safe.ts';
import { N8n, type NodeRun } from './n8n.ts';
import type { Engine } from './n8n-core.ts';
import { saidCode } from './said-code.ts';
import { sandboxCredentials } from './sandbox-credentials.ts';

type Ended = Extract<SyncOutcome, { kind: 'ended' }>;

const counts = z.object({
  applied: z.number(),
  unchanged: z.number(),
  excluded: z.number(),
  conflicts: z.number(),
  failed: z.number(),
});
const numbers = z.record(z.string(), z.number());
const code = z.custom<ErrorCode>((given) => typeof given === 'string' && given in ERROR_CODES);
const summary = z.object({
  outcome: z.literal('summary'),
  counts,
  writes: numbers,
  calls: numbers,
  excluded: numbers,
  brakes: z.array(z.enum(BRAKES)),
  salesforceSince: z.string().optional(),
  stoppedBy: code.optional(),
});
const person = z.object({
  outcome: z.enum(['planned', 'applied', 'unchanged', 'stale', 'excluded', 'conflict', 'failed']),
  salesforceId: z.string(),
  memberId: z.string(),
  issues: z.array(
    z.object({
      kind: z.enum(['conflict', 'failure', 'terminal']),
      code,
      field: z.string(),
      message: z.string(),
      next: z.string(),
    }),
  ),
});
type Person = z.infer<typeof person>;

const NOTHING = { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0 };

/** A workflow of a scenario: a sync that asks for what has changed since it ran last, and people who decide. */
export class N8nSession implements HostSession {
  readonly #n8n: N8n;
  readonly #credentials: StoredCredentials;
  readonly #recipes: Map<string, string>;
  /** What a workflow passes on to itself. */
  readonly #since = new Map<string, string>();
  #rows: Parked[] = [];

  constructor(engine: Engine, setup: HostSetup) {
    this.#credentials = sandboxCredentials(setup.sandbox);
    this.#n8n = new N8n(engine, this.#credentials);
    this.#recipes = new Map(setup.recipes.map(({ name, text }) => [name, withMarks(text)]));
    markFields(setup);
  }

  async sync({ recipe, allow, full, dryRun }: SyncRequest): Promise<SyncOutcome> {
    const since = full ? undefined : this.#since.get(recipe);
    const outcome = await this.#run(
      'stackbridgeContactSync',
      recipe,
      {
        operation: dryRun ? 'preview' : 'sync',
        lookAt: since === undefined ? 'everything' : 'changes',
        ...(since === undefined ? {} : { since }),
        options: { summary: true, allow: [...allow] },
      },
      [{}],
    );
    return outcome;
  }

  async parked(): Promise<readonly Parked[]> {
    return this.#rows;
  }

  async decide(answers: readonly Answer[]): Promise<SyncOutcome> {
    const [first] = answers;
    if (first === undefined) throw new RangeError('There is nothing to decide');
    const items = answers.map(({ subject: { leftId = '', rightId = '' }, field, take }) => ({
      salesforceId: leftId,
      memberId: rightId,
      field,
      ...('value' in take
        ? { keep: 'value', value: take.value }
        : { keep: take.side === 'left' ? 'salesforce' : 'mailchimp', value: '' }),
    }));
    const parameters = {
      ...fromJson('salesforceId', 'memberId', 'field', 'keep', 'value'),
      options: { summary: true },
    };
    return this.#run('stackbridgeResolveConflict', first.recipe, parameters, items);
  }

  async retry({ ids }: { readonly ids: readonly string[] }): Promise<SyncOutcome> {
    const rows = this.#rows.filter(
      ({ leftId = '', rightId = '' }) => ids.includes(leftId) || ids.includes(rightId),
    );
    const items = rows.map(({ leftId = '', rightId = '' }) => ({ salesforceId: leftId, memberId: rightId }));
    const parameters = {
      lookAt: 'items',
      ...fromJson('salesforceId', 'memberId'),
      options: { summary: true },
    };
    return this.#run('stackbridgeContactSync', rows[0]?.recipe ?? '', parameters, items);
  }

  async #run(
    type: string,
    recipe: string,
    parameters: INodeParameters,
    items: readonly IDataObject[],
  ): Promise<Ended> {
    const text = this.#recipes.get(recipe);
    if (text === undefined) throw new RangeError(`No recipe ${recipe}`);
    const ran = await this.#n8n.run(
      {
        type,
        parameters: { mailchimpAuthentication: 'apiKey', recipeFrom: 'text', recipe: text, ...parameters },
      },
      items,
    );
    return this.#heard(ran, recipe);
  }

  #heard({ outputs, error }: NodeRun, recipe: string): Ended {
    if (error !== undefined) return stopped(error);
    const items = outputs.flatMap((output) => output.map(({ json }) => json));
    const people = items.filter(({ outcome }) => outcome !== 'summary').map((json) => person.parse(json));
    const { brakes, salesforceSince, stoppedBy, ...rest } = summary.parse(
      items.find(({ outcome }) => outcome === 'summary'),
    );
    if (salesforceSince !== undefined) this.#since.set(recipe, salesforceSince);
    this.#listen(people, recipe);
    const left = rest.counts.conflicts + rest.counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    const exit = stoppedBy === undefined ? left : exitCodeOf(stoppedBy);
    const told = { ...rest, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
    return { kind: 'ended', exit, summary: told, brakes, warnings: [], missed: [] };
  }

  /** A list as a person keeps it who reads what each execution hands out. */
  #listen(people: readonly Person[], recipe: string): void {
    for (const { salesforceId, memberId, issues } of people) {
      this.#rows = this.#rows.filter(
        ({ leftId, rightId }) => !isSame(leftId, salesforceId) && !isSame(rightId, memberId),
      );
      const rows = Map.groupBy(issues, ({ kind, code }) => `${kind} ${code}`);
      for (const [first, ...others] of rows.values()) {
        if (first === undefined) continue;
        const { field: _, ...issue } = first;
        this.#rows.push({
          ...issue,
          fields: [first, ...others].map(({ field }) => field).filter((field) => field !== ''),
          recipe,
          scope: recipe,
          subject: memberId === '' ? `left:${salesforceId}` : memberId,
          ...(salesforceId === '' ? {} : { leftId: salesforceId }),
          ...(memberId === '' ? {} : { rightId: memberId }),
          keyHash: '',
          attempts: 1,
          firstAt: 0,
          lastAt: 0,
        });
      }
    }
  }

  audit = async (): Promise<[]> => [];
  undo = unable;
  loseState = unable;
  saveState = unable;
  restoreState = unable;

  changeRecipe({ name, text }: { readonly name: string; readonly text: string }): void {
    this.#recipes.set(name, withMarks(text));
    this.#since.delete(name);
  }

  async close(): Promise<void> {}
}

function isSame(one: string | undefined, other: string): boolean {
  return other !== '' && one === other;
}

async function unable(): Promise<never> {
  throw new RangeError('A host without a store cannot do this');
}

function withMarks(text: string): string {
  const written = parse(text);
  return stringify({ ...written, base: marksOf(written.mailchimp.audience) });
}

/** Parameters that take their value from the item's field of that name. */
function fromJson(...names: readonly string[]): INodeParameters {
  return Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
}

const BRAKE_OF: Readonly<Partial<Record<ErrorCode, BrakeName>>> = {
  BRAKE_SIDE_SHRUNK: 'shrink',
  BRAKE_DELETES: 'deletes',
  BRAKE_OVERWRITES: 'overwrites',
};

function stopped(error: NonNullable<NodeRun['error']>): Ended {
  const found = saidCode(error);
  const brake = BRAKE_OF[found];
  return {
    kind: 'ended',
    exit: exitCodeOf(found),
    summary: { counts: NOTHING, writes: {}, calls: {}, excluded: {}, stoppedBy: found },
    brakes: brake === undefined ? [] : [brake],
    warnings: [],
    missed: [],
    message: `${error.message} ${error.description}`,
  };
}
