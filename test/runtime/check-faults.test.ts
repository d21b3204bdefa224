import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { startCommand } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-faults-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RECIPE = `recipe: contact-sync/v1
name: People
salesforce: { object: Contact, wher: "Email != null" }
mailchimp: { audience: Newsletter, tag: VIP }
fields:
  - { salesforce: FirstName, mailchimp: FNAME, direction: to-mailchip }
  - { salesforce: LastName, mailchimp: LNAME, policy: newst }
  - { salesforce: Phone, mailchimp: PHONE, type: phon }
  - { salesforce: Title }
  - { salesforce: Birthdate, mailchimp: BIRTHDAY, keepNonEmpty: yes please }
consent: { salesforce: HasOptedOutOfEmail, resubscribe: maybe }
deletes: vanish
`;

test.each(['check', 'plan'])(
  '%s tells all ten mistakes of a contact recipe at once, each with line, path and suggestion',
  async (command) => {
    const file = join(folder, 'people.yaml');
    writeFileSync(file, RECIPE);

    const { exitCode, stdout, stderr } = await startCommand(
      [command, file, '--home', join(folder, 'home')],
      {},
    ).ended;

    const faults = [
      ...`${stdout}${stderr}`.matchAll(
        /^\S*people\.yaml:(\d+):\d+ {2}\S.*\n {4}(\S+) {2}[A-Z_]+\n(?: {4}expected: .+\n)? {4}→ \S/gm,
      ),
    ].map(([, line, path]) => [Number(line), path]);
    expect({ exitCode, faults }).toEqual({
      exitCode: 2,
      faults: [
        [2, 'name'],
        [3, 'salesforce.wher'],
        [4, 'mailchimp.tag'],
        [6, 'fields[0].direction'],
        [7, 'fields[1].policy'],
        [8, 'fields[2].type'],
        [9, 'fields[3].mailchimp'],
        [10, 'fields[4].keepNonEmpty'],
        [11, 'consent.resubscribe'],
        [12, 'deletes'],
      ],
    });
  },
  30_000,
);
