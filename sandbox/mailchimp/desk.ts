import { z } from 'zod';
import { type AdminAction, type AdminRecord, adminAction, type Desk } from '../simulator.ts';
import { type Account, findAudience } from './account.ts';
import { readSelection } from './field-selection.ts';
import type { Member } from './member.ts';
import { memberWriter } from './member-json.ts';
import {
  archive,
  changeEmail,
  clean,
  deletePermanently,
  editMember,
  MemberValues,
  subscribe,
  unsubscribe,
} from './people-actions.ts';

const AdminMember = z.record(z.string(), z.unknown());

const Person = z.strictObject({
  list: z.string(),
  /** One of the two. */
  email: z.string().optional(),
  contact_id: z.string().optional(),
});
const By = z.enum(['self', 'admin', 'api']);

/** A user of the account at Mailchimp's own screens. Collections are audience ids, records go by contact id. */
export function deskOf(account: Account): Desk {
  return {
    list(collection, { limit, offset, ids }) {
      const audience = findAudience(account, collection);
      const write = memberWriter(account, audience, readSelection(undefined, '_links'));
      const show = (member: Member): AdminRecord => AdminMember.parse(JSON.parse(write(member)));
      if (ids !== undefined) {
        const found = ids.map((id) => audience.members.find(id)).filter((member) => member !== undefined);
        return { total: found.length, records: found.map(show) };
      }
      const records: AdminRecord[] = [];
      let at = 0;
      for (const member of audience.members.all()) {
        if (at >= offset + limit) break;
        if (at >= offset) records.push(show(member));
        at += 1;
      }
      return { total: audience.members.size, records };
    },
    create(collection, values) {
      const { status = 'subscribed', email_address, ...rest } = NewMember.parse(values);
      return subscribe(account, collection, email_address, 'admin', rest, status).contactId;
    },
    edit: (collection, id, values) =>
      editMember(account, collection, id, MemberValues.strict().parse(values)),
    remove: (collection, id) => archive(account, collection, id),
  };
}

const NewMember = MemberValues.extend({
  email_address: z.string(),
  status: z.enum(['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional']).optional(),
});

/** What a person or an administrator does, `POST /admin/mailchimp/<name>`; `by` decides later compliance. */
export function personActions(account: Account): Readonly<Record<string, AdminAction>> {
  return {
    subscribe: adminAction(
      Person.extend({ by: z.enum(['self', 'admin']).default('self'), values: MemberValues.default({}) }),
      ({ by, values, ...who }) => ({
        contact_id: subscribe(account, who.list, refOf(who), by, values).contactId,
      }),
    ),
    unsubscribe: adminAction(
      Person.extend({ by: By.default('self'), reason: z.string().optional() }),
      (input) => unsubscribe(account, input.list, refOf(input), input.by, input.reason),
    ),
    clean: adminAction(Person, (who) => clean(account, who.list, refOf(who))),
    archive: adminAction(Person, (who) => archive(account, who.list, refOf(who))),
    'delete-permanent': adminAction(Person, (who) => deletePermanently(account, who.list, refOf(who))),
    'change-email': adminAction(Person.extend({ new_email: z.string() }), ({ new_email, ...who }) =>
      changeEmail(account, who.list, refOf(who), new_email),
    ),
  };
}

function refOf(who: z.infer<typeof Person>): string {
  const ref = who.contact_id ?? who.email;
  if (ref === undefined)
    throw new z.ZodError([
      { code: 'custom', path: ['email'], message: 'Give email or contact_id', input: who },
    ]);
  return ref;
}
