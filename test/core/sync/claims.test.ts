import { describe, expect, test } from '@jest/globals';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { stampHome } from '@stackbridge/shared-mappers/plan/stamp-home.ts';
import type { SyncJob } from '@stackbridge/shared-mappers/sync/job.ts';
import { Claims } from '@stackbridge/shared-mappers/sync/stateless/claims.ts';
import { fieldMapOf, MARKS, OPTIONS } from '../../support/pair-world.ts';

const MAP = fieldMapOf();
const JOB: SyncJob = {
  recipe: 'people',
  scope: 'audience',
  leftObject: 'Contact',
  map: MAP,
  options: OPTIONS,
  matchKeys: [],
  home: stampHome(MAP, MARKS),
  marks: MARKS,
  keyHashOf: (email) => `#${email}`,
  mappingVersion: '1',
  overlapMs: 0,
  leftFiltered: false,
};

function contact(id: string, partner = ''): SourceRecord {
  return {
    id,
    object: 'Contact',
    modifiedAt: 0,
    state: 'live',
    values: { email: 'ada@lovelace.test', partner },
  };
}

function member(id: string, partner = '', state: SourceRecord['state'] = 'live'): SourceRecord {
  return { id, object: 'member', modifiedAt: 0, state, values: { email: 'ada@lovelace.test', partner } };
}

function claimsOf(lefts: readonly SourceRecord[], rights: readonly SourceRecord[]): Claims {
  const claims = new Claims(JOB);
  claims.observe('left', lefts);
  claims.observe('right', rights);
  return claims;
}

function roles(claims: Claims, rightId: string): string[] {
  return claims.ofRight(rightId).map(({ leftId, role }) => `${leftId} ${role}`);
}

describe('records that name each other', () => {
  test('are a pair where either of them says so', () => {
    expect(roles(claimsOf([contact('A', 'm1')], [member('m1')]), 'm1')).toEqual(['A owner']);
    expect(roles(claimsOf([contact('A')], [member('m1', 'A')]), 'm1')).toEqual(['A owner']);
    expect(claimsOf([contact('A')], [member('m1', 'A')]).ofLeft('A')?.rightId).toBe('m1');
  });

  test('a copied contact that copied the marks along follows the one that the member names', () => {
    const claims = claimsOf([contact('A', 'm1'), contact('B', 'm1')], [member('m1', 'B')]);

    expect(roles(claims, 'm1')).toEqual(['B owner', 'A follower']);
  });

  test('where the member names nobody, the older contact owns it', () => {
    const claims = claimsOf([contact('B', 'm1'), contact('A', 'm1')], [member('m1')]);

    expect(roles(claims, 'm1')).toEqual(['A owner', 'B follower']);
  });

  test('an imported member does not take the contact from the one it is at one with', () => {
    const claims = claimsOf([contact('A', 'm1')], [member('m1', 'A'), member('m2', 'A')]);

    expect([claims.ofLeft('A')?.rightId, roles(claims, 'm1'), roles(claims, 'm2')]).toEqual([
      'm1',
      ['A owner'],
      [],
    ]);
  });

  test('a contact whose member is forgotten belongs to the new one that names it', () => {
    const claims = claimsOf([contact('A', 'm1')], [member('m1', '', 'gone'), member('m2', 'A')]);

    expect(claims.ofLeft('A')?.rightId).toBe('m2');
  });

  test('partners that have not been read are asked for, and nobody else', () => {
    const claims = claimsOf([contact('A', 'm1'), contact('B')], [member('m2', 'C')]);

    expect([claims.unread('left'), claims.unread('right')]).toEqual([['C'], ['m1']]);
  });
});
