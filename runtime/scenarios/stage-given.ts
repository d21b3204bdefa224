import type { Cast } from './cast.ts';
import { numbered } from './record-values.ts';
import type { Given } from './scenario.ts';
import type { CrmOrMail, Screens } from './screens.ts';

/** Puts into both systems what a scenario begins with, and names everybody. */
export function stageGiven(given: Given, screens: Screens, cast: Cast): void {
  for (const action of given.setup) administrate(action, screens);
  const enter = (system: CrmOrMail, people: Given['salesforce']): void => {
    for (const [collection, records] of Object.entries(people)) {
      for (const [name, values] of Object.entries(records))
        cast.enter(name, { system, collection, id: screens.create(system, collection, values) });
    }
  };
  enter('salesforce', given.salesforce);
  enter('mailchimp', given.mailchimp);
  stageCrowd(given.crowd, screens, cast);
}

/** An action of the sandbox: its system and name under the system's key, whatever else it takes beside it. */
export function administrate(action: Readonly<Record<string, unknown>>, screens: Screens): void {
  const { salesforce, mailchimp, ...input } = action;
  if (typeof salesforce === 'string') screens.act('salesforce', salesforce, input);
  else if (typeof mailchimp === 'string') screens.act('mailchimp', mailchimp, input);
  else throw new RangeError('An administrator acts in `salesforce` or in `mailchimp`: name the action there');
}

const IN_SALESFORCE = { FirstName: 'Pat', LastName: 'Number {n}', Email: 'p{n}@people.test' };
const IN_MAILCHIMP = {
  email_address: 'p{n}@people.test',
  merge_fields: { FNAME: 'Pat', LNAME: 'Number {n}' },
};

/** Leads need a company. */
const COMPANY = { Company: 'People Ltd' };

function stageCrowd(crowd: Given['crowd'], screens: Screens, cast: Cast): void {
  if (crowd === undefined) return;
  for (let n = 1; n <= crowd.people; n++) {
    const { salesforce: object, mailchimp: audience } = crowd;
    if (object !== undefined) {
      const values = numbered(object === 'Lead' ? { ...IN_SALESFORCE, ...COMPANY } : IN_SALESFORCE, n);
      const id = screens.create('salesforce', object, values);
      cast.enter(`p${n}`, { system: 'salesforce', collection: object, id });
    }
    if (audience !== undefined) {
      const id = screens.create('mailchimp', audience, numbered(IN_MAILCHIMP, n));
      cast.enter(`p${n}`, { system: 'mailchimp', collection: audience, id });
    }
  }
}
