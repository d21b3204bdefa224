import { enterBooksInvoice, enterExpense } from '../support/billing-recipes.ts';
import type { Given } from '../support/packaged-app.ts';
import { failing, type Row, type Scene, type Stage } from './row.ts';

export const NOTHING = { results: [] };
export const ONE_LOOK_UP = 'it looks up one value';

export const ofXero = {
  account: 'xero',
  system: 'xero',
  refused: {
    scene: () => ({
      inputData: { organisation: 'Nonesuch', value: 'Acme', account: '200', number: 'INV-7' },
    }),
    expected: failing('AppError', 'does not reach Nonesuch; it reaches Demo Company'),
  },
} as const satisfies Partial<Row>;

export const MONTH = { lookBack: 720 };
export const nothing = { scene: () => ({ inputData: MONTH }), expected: NOTHING } as const;

export function many(seed: (stage: Stage) => void, count: number): { scene: Scene; count: number } {
  return {
    scene: (stage) => {
      seed(stage);
      return { inputData: MONTH };
    },
    count,
  };
}

export function anExpense({ sandbox }: Stage): Given {
  return { inputData: { expense: enterExpense(sandbox) } };
}

export function anInvoice({ sandbox }: Stage): Given {
  return { inputData: { invoice: enterBooksInvoice(sandbox) } };
}
