import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import type { Screens, Shown } from 'stackbridge/scenarios/screens.ts';
import type { Written } from './zap-run.ts';

/** Each record as one text, by its id. */
type Texts = ReadonlyMap<string, string>;

/** Everything that the two sides of a recipe hold at one time. */
export class BothSides {
  readonly #held: Readonly<Record<'salesforce' | 'mailchimp', Texts>>;
  readonly #seenByPeople: Texts;

  constructor(screens: Screens, recipe: ContactSyncRecipe) {
    const salesforce = screens.show('salesforce', recipe.salesforce.object);
    const mailchimp = screens.show('mailchimp', recipe.mailchimp.audience);
    this.#held = { salesforce: textsOf(salesforce), mailchimp: textsOf(mailchimp) };
    this.#seenByPeople = textsOf([...salesforce, ...mailchimp], withoutMarks);
  }

  /** How many records of each side are new, or other than they were. */
  writtenSince(before: BothSides): Written {
    const written = (side: 'salesforce' | 'mailchimp'): number =>
      [...this.#held[side]].filter(([id, text]) => before.#held[side].get(id) !== text).length;
    return { salesforce: written('salesforce'), mailchimp: written('mailchimp') };
  }

  /** Ids of the records in which people see something else than before, or which are there at one of both times only. */
  changedForPeople(before: BothSides): string[] {
    const [old, now] = [before.#seenByPeople, this.#seenByPeople];
    return [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id));
  }
}

function textsOf(records: readonly Shown[], keep?: (key: string, value: unknown) => unknown): Texts {
  return new Map(records.map(({ id, values }) => [id, JSON.stringify(values, keep)]));
}

/** Marks, and the times that every write moves on. */
const MARKS =
  /^(Sync_(Stamp|Partner)_.*|STAMP|PARTNER|SystemModstamp|LastModified.*|last_changed|timestamp_opt)$/;

function withoutMarks(key: string, value: unknown): unknown {
  return MARKS.test(key) ? undefined : value;
}
