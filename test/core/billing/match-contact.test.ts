import { describe, expect, test } from '@jest/globals';
import { matchContact } from '@stackbridge/shared-mappers/plan/billing/match-contact.ts';
import type { AccountsContact } from '@stackbridge/shared-mappers/ports/accounting-target.ts';

const contact = (id: string, changes: Partial<AccountsContact> = {}): AccountsContact => ({
  id,
  name: 'Ridgeway Bank',
  number: '',
  active: true,
  ...changes,
});
const ARCHIVED = { active: false };
const MERGED = { merged: true } as const;
const OURS = { number: 'Z-4711' };
const party = { id: '4711', name: 'Ridgeway Bank' };

describe('a customer', () => {
  test('is the active contact of our number, wherever an archived one stands in the list', () => {
    const contacts = [contact('old', { ...OURS, ...ARCHIVED }), contact('new', { ...OURS, name: 'Other' })];
    expect(matchContact(party, contacts, true)).toEqual({ id: 'new' });
    expect(matchContact(party, contacts.toReversed(), true)).toEqual({ id: 'new' });
  });

  test('whose contact was merged is the one that it was merged into', () => {
    expect(matchContact(party, [contact('into', { ...OURS, ...MERGED })], true)).toEqual({ id: 'into' });
    expect(matchContact(party, [contact('into', MERGED)], true)).toEqual({ id: 'into' });
  });

  test('is the contact of that name now, rather than one that an earlier bearer of it was merged into', () => {
    expect(matchContact(party, [contact('into', MERGED), contact('own')], true)).toEqual({ id: 'own' });
  });

  test('is nobody where two that bear its name are meant, and one where both mean the same', () => {
    expect(matchContact(party, [contact('a'), contact('b')], true)).toMatchObject({
      issue: { code: 'SEVERAL_MATCHES' },
    });
    expect(matchContact(party, [contact('a', MERGED), contact('a', MERGED)], true)).toEqual({ id: 'a' });
  });

  test('merged into an archived contact is told before anything is written', () => {
    expect(matchContact(party, [contact('into', { ...OURS, ...MERGED, ...ARCHIVED })], true)).toMatchObject({
      issue: { code: 'CONTACT_UNUSABLE' },
    });
  });

  test('named as no contact can be is found again under the name that it got', () => {
    const named = { id: undefined, name: ' <Ridgeway> Bank ' };
    const made = matchContact(named, [], true);
    expect(made).toEqual({ create: { name: 'Ridgeway  Bank', number: '' } });
    expect(matchContact(named, [contact('a', { name: 'Ridgeway  Bank' })], true)).toEqual({ id: 'a' });
  });
});
