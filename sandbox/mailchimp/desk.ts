import { z } from 'zod';
import { type AdminAction, type AdminRecord, adminAction, type Desk } from '../simulator.ts';
import { type Account, findAudience } from './account.ts';
import type { Audience } from './audience.ts';
import {
  CAMPAIGNS,
  campaignActions,
  createCampaign,
  deleteCampaign,
  editCampaign,
  showCampaigns,
} from './campaign-actions.ts';
import { readSelection } from './field-selection.ts';
import { removeCategory, removeInterest } from './interests.ts';
import type { Member } from './member.ts';
import { memberWriter } from './member-json.ts';
import {
  addMergeField,
  changeMergeField,
  MergeFieldChange,
  NewMergeField,
  removeMergeField,
} from './merge-fields.ts';
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
import { notFound } from './problem.ts';

const AdminMember = z.record(z.string(), z.unknown());

const Person = z.strictObject({
  list: z.string(),
  /** One of the two. */
  email: z.string().optional(),
  contact_id: z.string().optional(),
});
const By = z.enum(['self', 'admin', 'api']);

/**
 * A user of the account at Mailchimp's own screens. Collections are audience ids, whose records go by contact id, and
 * `campaigns`: to create one is to send it, to remove it takes its report along.
 */
export function deskOf(account: Account): Desk {
  return {
    list(collection, { limit, offset, ids }) {
      if (collection === CAMPAIGNS) {
        const sent = showCampaigns(account);
        const wanted = ids === undefined ? sent : sent.filter(({ id }) => ids.includes(String(id)));
        return { total: wanted.length, records: wanted.slice(offset, offset + limit) };
      }
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
      if (collection === CAMPAIGNS) return createCampaign(account, values);
      const { status = 'subscribed', email_address, ...rest } = NewMember.parse(values);
      return subscribe(account, collection, email_address, 'admin', rest, status).contactId;
    },
    edit: (collection, id, values) =>
      collection === CAMPAIGNS
        ? editCampaign(account, id, values)
        : editMember(account, collection, id, MemberValues.strict().parse(values)),
    remove: (collection, id) =>
      collection === CAMPAIGNS ? deleteCampaign(account, id) : archive(account, collection, id),
  };
}

const NewMember = MemberValues.extend({
  email_address: z.string(),
  status: z.enum(['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional']).optional(),
});

/** What a person or an administrator does, `POST /admin/mailchimp/<name>`; `by` decides later compliance. */
export function personActions(account: Account): Readonly<Record<string, AdminAction>> {
  return {
    ...campaignActions(account),
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
    // How deliveries to webhooks stand, once everything due has been sent.
    'webhook-deliveries': adminAction(z.strictObject({}), () => account.outbox.settle()),
    'merge-field': adminAction(FieldRequest, ({ list, tag, change }) =>
      administrateField(findAudience(account, list), tag, change),
    ),
    'remove-interests': adminAction(InterestRequest, ({ list, category: title, name }) => {
      const audience = findAudience(account, list);
      const category = audience.categories.find((candidate) => candidate.title === title);
      if (category === undefined) throw notFound();
      if (name === undefined) return removeCategory(audience, category);
      const interest = category.interests.find((candidate) => candidate.name === name);
      if (interest === undefined) throw notFound();
      removeInterest(audience, category, interest);
    }),
    'change-email': adminAction(Person.extend({ new_email: z.string() }), ({ new_email, ...who }) =>
      changeEmail(account, who.list, refOf(who), new_email),
    ),
  };
}

const InterestRequest = z.strictObject({
  list: z.string(),
  /** Title of the category. */
  category: z.string(),
  /** One interest of it; default: the whole category. */
  name: z.string().optional(),
});

const FieldRequest = z.strictObject({
  list: z.string(),
  tag: z.string(),
  change: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('add'), field: NewMergeField.omit({ tag: true }) }),
    z.strictObject({ kind: z.literal('change'), field: MergeFieldChange.partial() }),
    z.strictObject({ kind: z.literal('remove') }),
  ]),
});

/** An administrator adds, changes or removes a field of the audience. @throws Problem 404 for an unknown tag */
function administrateField(
  audience: Audience,
  tag: string,
  change: z.infer<typeof FieldRequest>['change'],
): void {
  if (change.kind === 'add') {
    addMergeField(audience, { ...change.field, tag });
    return;
  }
  const field = audience.mergeFields.find((candidate) => candidate.tag === tag);
  if (field === undefined) throw notFound();
  const id = String(field.merge_id);
  if (change.kind === 'remove') removeMergeField(audience, id);
  else changeMergeField(audience, id, { ...change.field, name: change.field.name ?? field.name });
}

function refOf(who: z.infer<typeof Person>): string {
  const ref = who.contact_id ?? who.email;
  if (ref === undefined)
    throw new z.ZodError([
      { code: 'custom', path: ['email'], message: 'Give email or contact_id', input: who },
    ]);
  return ref;
}
