import { z } from 'zod';
import { zohoProjects } from '../connection/zoho.ts';
import { portal } from '../fields/portal.ts';
import { allOf } from '../records/all-of.ts';
import { readInput } from '../step-input.ts';
import { defineDropdown } from './dropdown.ts';

const input = z.object({ portal });

export const zohoProjectChoices = defineDropdown('zoho_projects', 'Zoho Project', async (step) => {
  const { portal } = readInput(input, step.input);
  const projects = await allOf(zohoProjects(step, portal).projects());
  return projects.map(({ id, name, customerName = '' }) => ({
    id,
    label: customerName === '' ? name : `${name} (${customerName})`,
  }));
});
