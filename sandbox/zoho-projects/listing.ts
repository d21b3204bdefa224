import type { Answer } from '../simulator.ts';
import type { Portal } from './portal.ts';
import { type Call, wholeNumber } from './route.ts';

const STANDARD_PER_PAGE = 100;

/** What a listing is called in its answer. */
export type ListKey =
  | 'portals'
  | 'projects'
  | 'phases'
  | 'milestones'
  | 'tasks'
  | 'issues'
  | 'users'
  | 'time_logs';

/** The part of a listing that a call asks for. */
export interface Page {
  /** From 1. */
  page: number;
  perPage: number;
}

/** @throws Refusal 400 on what is no number; more rows than the portal gives are cut without a word */
export function readPage({ query, portal }: Call): Page {
  return {
    page: wholeNumber(query, 'page', 1),
    perPage: Math.min(wholeNumber(query, 'per_page', STANDARD_PER_PAGE), portal.settings.maxPerPage),
  };
}

/** One page of the rows, in the portal's own way of answering listings. */
export function listing<T>(call: Call, key: ListKey, rows: readonly T[], show: (row: T) => object): Answer {
  const { page, perPage } = readPage(call);
  const asked = rows.slice((page - 1) * perPage, page * perPage);
  const shown = afterFault(call, asked).map(show);
  const hasNext = call.fault?.kind !== 'empty' && page * perPage < rows.length;
  return pageAnswer(call, key, shown, pageInfo(call.portal, key, { page, perPage }, shown.length, hasNext));
}

/** The rows that a fault of this call leaves. */
export function afterFault<T>({ fault }: Call, rows: readonly T[]): readonly T[] {
  if (fault?.kind === 'empty') return [];
  return fault?.kind === 'truncate' ? rows.slice(0, Math.max(0, rows.length - fault.rows)) : rows;
}

/** @param around goes beside the rows where they are wrapped */
export function pageAnswer(
  { portal }: Call,
  key: ListKey,
  shown: readonly object[],
  around: Readonly<Record<string, unknown>>,
): Answer {
  const { emptyLists, bareLists } = portal.settings;
  if (shown.length === 0 && emptyLists !== 'wrapped') {
    return emptyLists === '204' ? { status: 204 } : { status: 200, body: '' };
  }
  const isBare = bareLists.some((bare) => bare === key);
  return { status: 200, body: isBare ? shown : { ...around, [key]: shown } };
}

/** `page_info` in the shape that this listing has in this portal; nothing where it has none. */
export function pageInfo(
  { settings }: Portal,
  key: ListKey,
  { page, perPage }: Page,
  count: number,
  hasNext: boolean,
): Readonly<Record<string, unknown>> {
  const info = { page, per_page: perPage, page_count: count, has_next_page: hasNext };
  const texts = { ...info, page: String(page), per_page: String(perPage), page_count: String(count) };
  const isMilestones = key === 'phases' || key === 'milestones';
  switch (settings.pageInfo) {
    case 'absent':
      return {};
    case 'numbers':
      return { page_info: info };
    case 'texts':
      return { page_info: { ...texts, has_next_page: String(hasNext) } };
    case 'array':
      return { page_info: [texts] };
    case 'mixed':
      if (isMilestones) return { page_info: [texts] };
      return { page_info: key === 'projects' ? texts : info };
  }
}
