import { baseUrl } from './account.ts';
import { type ApiCall, type ApiRoute, listing, param, selected } from './api-route.ts';
import type { Audience } from './audience.ts';
import { resourceLinks } from './links.ts';
import { readBody } from './member-bodies.ts';
import { audienceOf } from './member-routes.ts';
import {
  addMergeField,
  changeMergeField,
  findMergeField,
  MERGE_TYPES,
  type MergeField,
  MergeFieldChange,
  NewMergeField,
  removeMergeField,
} from './merge-fields.ts';
import { readChoice, readFlag } from './query.ts';

const ALL = '/lists/:list_id/merge-fields';
const ONE = `${ALL}/:merge_id`;

/** `/lists/{list_id}/merge-fields`. */
export const mergeFieldRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: ALL, operation: 'merge-fields.list', handle: listFields },
  {
    method: 'POST',
    path: ALL,
    operation: 'merge-fields.add',
    handle: (call) => {
      const audience = audienceOf(call);
      return show(call, audience, addMergeField(audience, readBody(NewMergeField, call.body)));
    },
  },
  {
    method: 'GET',
    path: ONE,
    operation: 'merge-fields.get',
    handle: (call) => {
      const audience = audienceOf(call);
      return selected(call, show(call, audience, findMergeField(audience, param(call, 'merge_id'))));
    },
  },
  {
    method: 'PATCH',
    path: ONE,
    operation: 'merge-fields.change',
    handle: (call) => {
      const audience = audienceOf(call);
      const change = readBody(MergeFieldChange, call.body);
      return show(call, audience, changeMergeField(audience, param(call, 'merge_id'), change));
    },
  },
  {
    method: 'DELETE',
    path: ONE,
    operation: 'merge-fields.remove',
    handle: (call) => {
      removeMergeField(audienceOf(call), param(call, 'merge_id'));
      return undefined;
    },
  },
];

/** Recorded: by tag, whatever the display order. */
function listFields(call: ApiCall): object {
  const audience = audienceOf(call);
  const type = readChoice(call.query, 'type', MERGE_TYPES);
  const required = readFlag(call.query, 'required');
  const fields = audience.mergeFields
    .filter((field) => type === undefined || field.type === type)
    .filter((field) => required === undefined || field.required === required)
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return listing(call, 'merge_fields', fields, (field) => show(call, audience, field), {
    path: `/lists/${audience.id}/merge-fields`,
    after: { list_id: audience.id },
  });
}

function show(call: ApiCall, audience: Audience, field: MergeField): object {
  const { slot: _slot, ...shown } = field;
  const path = `/lists/${audience.id}/merge-fields/${field.merge_id}`;
  return {
    ...shown,
    list_id: audience.id,
    _links: resourceLinks(baseUrl(call.account), path, 'Lists/MergeFields'),
  };
}
