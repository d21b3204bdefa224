import { baseUrl } from './account.ts';
import { type ApiCall, type ApiRoute, listing, param, selected } from './api-route.ts';
import type { Audience } from './audience.ts';
import {
  addCategory,
  addInterest,
  changeCategory,
  changeInterest,
  findCategory,
  findInterest,
  type Interest,
  type InterestCategory,
  NewCategory,
  NewInterest,
  removeCategory,
  removeInterest,
  subscriberCount,
} from './interests.ts';
import { resourceLinks } from './links.ts';
import { readBody } from './member-bodies.ts';
import { audienceOf } from './member-routes.ts';
import { readText } from './query.ts';

const CATEGORIES = '/lists/:list_id/interest-categories';
const CATEGORY = `${CATEGORIES}/:interest_category_id`;
const INTERESTS = `${CATEGORY}/interests`;
const INTEREST = `${INTERESTS}/:interest_id`;

/** `/lists/{list_id}/interest-categories` and the interests in them. */
export const interestRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: CATEGORIES,
    operation: 'interest-categories.list',
    handle: (call) => {
      const audience = audienceOf(call);
      const type = readText(call.query, 'type');
      const found = audience.categories.filter((category) => type === undefined || category.type === type);
      return listing(call, 'categories', found, (category) => showCategory(call, audience, category), {
        path: `/lists/${audience.id}/interest-categories`,
        before: { list_id: audience.id },
      });
    },
  },
  {
    method: 'POST',
    path: CATEGORIES,
    operation: 'interest-categories.add',
    handle: (call) => {
      const audience = audienceOf(call);
      const category = addCategory(call.account, audience, readBody(NewCategory, call.body));
      return showCategory(call, audience, category);
    },
  },
  {
    method: 'GET',
    path: CATEGORY,
    operation: 'interest-categories.get',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      return selected(call, showCategory(call, audience, category));
    },
  },
  {
    method: 'PATCH',
    path: CATEGORY,
    operation: 'interest-categories.change',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      changeCategory(audience, category, readBody(NewCategory, call.body));
      return showCategory(call, audience, category);
    },
  },
  {
    method: 'DELETE',
    path: CATEGORY,
    operation: 'interest-categories.remove',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      removeCategory(audience, category);
      return undefined;
    },
  },
  {
    method: 'GET',
    path: INTERESTS,
    operation: 'interests.list',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      return listing(
        call,
        'interests',
        category.interests,
        (one) => showInterest(call, audience, category, one),
        {
          path: `/lists/${audience.id}/interest-categories/${category.id}/interests`,
          after: { list_id: audience.id, category_id: category.id },
        },
      );
    },
  },
  {
    method: 'POST',
    path: INTERESTS,
    operation: 'interests.add',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      const interest = addInterest(call.account, audience, category, readBody(NewInterest, call.body));
      return showInterest(call, audience, category, interest);
    },
  },
  {
    method: 'GET',
    path: INTEREST,
    operation: 'interests.get',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      const interest = findInterest(category, param(call, 'interest_id'));
      return selected(call, showInterest(call, audience, category, interest));
    },
  },
  {
    method: 'PATCH',
    path: INTEREST,
    operation: 'interests.change',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      const interest = findInterest(category, param(call, 'interest_id'));
      changeInterest(audience, interest, readBody(NewInterest, call.body));
      return showInterest(call, audience, category, interest);
    },
  },
  {
    method: 'DELETE',
    path: INTEREST,
    operation: 'interests.remove',
    handle: (call) => {
      const { audience, category } = categoryOf(call);
      removeInterest(audience, category, findInterest(category, param(call, 'interest_id')));
      return undefined;
    },
  },
];

function categoryOf(call: ApiCall): { audience: Audience; category: InterestCategory } {
  const audience = audienceOf(call);
  return { audience, category: findCategory(audience, param(call, 'interest_category_id')) };
}

function showCategory(call: ApiCall, audience: Audience, category: InterestCategory): object {
  const path = `/lists/${audience.id}/interest-categories/${category.id}`;
  return {
    list_id: audience.id,
    id: category.id,
    title: category.title,
    display_order: category.displayOrder,
    type: category.type,
    _links: resourceLinks(baseUrl(call.account), path, 'Lists/InterestCategories'),
  };
}

function showInterest(
  call: ApiCall,
  audience: Audience,
  category: InterestCategory,
  interest: Interest,
): object {
  const path = `/lists/${audience.id}/interest-categories/${category.id}/interests/${interest.id}`;
  return {
    category_id: category.id,
    list_id: audience.id,
    id: interest.id,
    name: interest.name,
    // A string, the reference says.
    subscriber_count: String(subscriberCount(audience, interest)),
    display_order: interest.displayOrder,
    _links: resourceLinks(baseUrl(call.account), path, 'Lists/InterestCategories/Interests'),
  };
}
