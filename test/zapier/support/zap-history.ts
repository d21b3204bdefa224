import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { z } from 'zod';
import type { StepEnd } from './platform.ts';
import type { Delivery } from './zap.ts';

const code = z.custom<ErrorCode>((value) => typeof value === 'string' && value in ERROR_CODES);

const outcome = z.object({
  outcome: z.string(),
  code: z.union([code, z.literal('')]),
  because: z.string(),
  salesforceId: z.string(),
  memberId: z.string(),
  conflicts: z.array(z.object({ field: z.string(), code, message: z.string() })),
});
type Outcome = z.infer<typeof outcome>;

/** As a person reads the history of the Zaps: what each record came to last, as far as there is something to do. */
export class ZapHistory {
  readonly #rows = new Map<Parked, Delivery>();

  enter(recipe: string, delivery: Delivery, end: StepEnd): void {
    if (end.kind !== 'done') {
      this.#forget(idsOf(delivery));
      const known = code.safeParse(end.code).data ?? 'BUG';
      this.#add(recipe, delivery, {
        kind: 'failure',
        code: known,
        fields: [],
        message: end.message,
        ...idsOf(delivery),
      });
      return;
    }
    const found = outcome.parse(end.results);
    // Older than what is known already: nothing is learnt from it.
    if (found.outcome === 'stale') return;
    const ids = { ...idsOf(delivery), ...idsIn(found) };
    this.#forget(ids);
    for (const [message, conflicts] of Map.groupBy(found.conflicts, (one) => one.message)) {
      const [first] = conflicts;
      if (first === undefined) continue;
      const fields = conflicts.map(({ field }) => field).filter((field) => field !== '');
      this.#add(recipe, delivery, { kind: 'conflict', code: first.code, message, fields, ...ids });
    }
    if (found.outcome === 'excluded' && found.code !== '')
      this.#add(recipe, delivery, {
        kind: 'terminal',
        code: found.code,
        message: found.because,
        fields: [],
        ...ids,
      });
  }

  rows(): Parked[] {
    return [...this.#rows.keys()];
  }

  rowsOf(recipe: string): Parked[] {
    return this.rows().filter((row) => row.recipe === recipe);
  }

  /** The delivery that a row is about. */
  deliveryOf(row: Pick<Parked, 'leftId' | 'rightId'>): Delivery {
    for (const [held, delivery] of this.#rows) if (isSame(held, row)) return delivery;
    throw new RangeError('No run of a Zap was about this record');
  }

  #forget(ids: Pick<Parked, 'leftId' | 'rightId'>): void {
    for (const row of this.#rows.keys()) if (isSame(row, ids)) this.#rows.delete(row);
  }

  #add(
    recipe: string,
    delivery: Delivery,
    row: Pick<Parked, 'kind' | 'code' | 'fields' | 'message' | 'leftId' | 'rightId'>,
  ): void {
    const subject = row.rightId ?? `left:${row.leftId}`;
    const told = { ...row, recipe, scope: recipe, subject, next: '', keyHash: '' };
    this.#rows.set({ ...told, attempts: 1, firstAt: 0, lastAt: 0 }, delivery);
  }
}

function idsOf({ zap, recordId }: Delivery): Pick<Parked, 'leftId' | 'rightId'> {
  return zap.target === 'mailchimp' ? { leftId: recordId } : { rightId: recordId };
}

function idsIn({ salesforceId, memberId }: Outcome): Pick<Parked, 'leftId' | 'rightId'> {
  return {
    ...(salesforceId === '' ? {} : { leftId: salesforceId }),
    ...(memberId === '' ? {} : { rightId: memberId }),
  };
}

/** A person is known by the member, and by the CRM's record as long as there is none. */
function isSame(one: Pick<Parked, 'leftId' | 'rightId'>, other: Pick<Parked, 'leftId' | 'rightId'>): boolean {
  if (one.rightId !== undefined && other.rightId !== undefined) return one.rightId === other.rightId;
  return one.leftId !== undefined && one.leftId === other.leftId;
}
