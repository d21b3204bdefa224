import { defineTrigger, type PlainInputField } from 'zapier-platform-core';
import { type Step, step } from '../step.ts';

/** One choice; `label` is what the user reads. */
export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** A hidden listing that fills the choices of a field; what the user has filled in so far comes in as its input. */
export function defineDropdown(key: string, noun: string, list: (step: Step) => Promise<Choice[]>) {
  return defineTrigger({
    key,
    noun,
    display: {
      label: `List ${noun}s`,
      description: `Triggers when choices of a ${noun.toLowerCase()} are listed.`,
      hidden: true,
    },
    operation: {
      type: 'polling',
      perform: step(list),
      sample: { id: '1', label: noun },
    },
  });
}

/** What makes a field's choices come from such a listing. */
export function chosenFrom(dropdown: { readonly key: string }): Pick<PlainInputField, 'dynamic'> {
  return { dynamic: `${dropdown.key}.id.label` };
}
