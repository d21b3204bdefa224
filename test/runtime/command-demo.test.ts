import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { startCommand } from '../support/command-line.ts';

const demo = z.object({
  equal: z.boolean(),
  runs: z.array(z.object({ recipe: z.string(), writes: z.record(z.string(), z.number()) })),
  billing: z.object({
    toTheCent: z.boolean(),
    invoices: z.array(z.object({ Status: z.string(), SubTotal: z.number(), Total: z.number() })),
  }),
});

test('the demo ends with both systems equal and the invoice right, each recipe run again having written nothing', async () => {
  const { exitCode, stdout } = await startCommand(['demo', '--contacts', '150', '--seed', '3', '--json'], {})
    .ended;

  const { equal, runs, billing } = demo.parse(JSON.parse(stdout));
  expect({ exitCode, equal, recipes: runs.map(({ recipe }) => recipe) }).toEqual({
    exitCode: 0,
    equal: true,
    recipes: ['contacts', 'leads', 'contacts', 'leads'],
  });
  expect(billing).toEqual({
    toTheCent: true,
    invoices: [{ Status: 'DRAFT', SubTotal: 1620.95, Total: 1783.04 }],
  });
  expect(runs.slice(0, 2).every(({ writes }) => Object.values(writes).some((n) => n > 0))).toBe(true);
  expect(runs.slice(2).map(({ writes }) => writes)).toEqual([
    { salesforce: 0, mailchimp: 0 },
    { salesforce: 0, mailchimp: 0 },
  ]);
}, 60_000);
