import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import type { ScriptedAnswer } from '../support/test-client.ts';
import { bodyOf, called, ok, scripted, silence } from './xero-client.ts';

describe('contacts', () => {
  const contact = (index: number, changed = {}) => ({
    ContactID: `c-${index}`,
    Name: `Customer ${index}`,
    ContactNumber: `ZC-${index}`,
    ContactStatus: 'ACTIVE',
    ...changed,
  });

  test('a few are asked for by a filter, archived ones too', async () => {
    const { client, requests } = scripted([
      ok({ Contacts: [contact(1, { ContactStatus: 'ARCHIVED' }), contact(12)] }),
    ]);

    const found = await createXeroConnector(client).contactsByNumber(['ZC-1', 'zc-2']);

    expect(requests.map(called)).toEqual([
      'GET /api.xro/2.0/Contacts?includeArchived=true&where=ContactNumber=="ZC-1" OR ContactNumber=="zc-2"&page=1&pageSize=1000',
    ]);
    expect(found).toEqual([{ id: 'c-1', name: 'Customer 1', number: 'ZC-1', active: false }]);
  });

  test('many are picked from the list of all, which is read once for numbers and names', async () => {
    const all = Array.from({ length: 2500 }, (_, index) => contact(index));
    const answer: ScriptedAnswer = ({ url }) => {
      const at = Number(new URL(url).searchParams.get('page')) - 1;
      const Contacts = all.slice(at * 1000, (at + 1) * 1000);
      return {
        body: JSON.stringify({
          Contacts,
          pagination: { page: at + 1, pageSize: 1000, pageCount: 3, itemCount: 2500 },
        }),
      };
    };
    const { client, requests } = scripted([answer, answer, answer]);
    const xero = createXeroConnector(client);

    const numbers = await xero.contactsByNumber(Array.from({ length: 1000 }, (_, index) => `ZC-${index}`));
    const names = await xero.contactsByName(['customer 2400', 'Nobody']);

    expect(requests).toHaveLength(3);
    expect(numbers).toHaveLength(1000);
    expect(names.map(({ id }) => id)).toEqual(['c-2400']);
  });

  test('a name with a quote is never put into a filter', async () => {
    const { client, requests } = scripted([ok({ Contacts: [contact(1, { Name: 'The "Best"' })] })]);

    const found = await createXeroConnector(client).contactsByName(['The "Best"']);

    expect(called(requests[0] ?? { method: 'GET', url: '', headers: {} })).not.toContain('where');
    expect(found.map(({ id }) => id)).toEqual(['c-1']);
  });

  test('are created each with an outcome of its own', async () => {
    const taken = 'The contact name Customer 2 is already assigned to another contact.';
    const { client, requests } = scripted([
      ok({
        Contacts: [
          contact(1),
          { ...contact(2), StatusAttributeString: 'ERROR', ValidationErrors: [{ Message: taken }] },
        ],
      }),
    ]);

    const results = await createXeroConnector(client).createContacts([
      { name: 'Customer 1', number: 'ZC-1' },
      { name: 'Customer 2', number: 'ZC-2' },
    ]);

    expect(requests.map(called)).toEqual(['PUT /api.xro/2.0/Contacts?summarizeErrors=false']);
    expect(bodyOf(requests[0])).toMatchObject({
      Contacts: [{ Name: 'Customer 1', ContactNumber: 'ZC-1' }, {}],
    });
    expect(results).toMatchObject([
      { outcome: 'written', contact: { id: 'c-1', number: 'ZC-1', active: true } },
      { outcome: 'refused', error: { code: 'REJECTED' } },
    ]);
  });

  test('that were created without an answer are found by their number', async () => {
    const { client, requests } = scripted([silence, ok({ Contacts: [contact(1)] })]);

    const results = await createXeroConnector(client).createContacts([
      { name: 'Customer 1', number: 'ZC-1' },
    ]);

    expect(requests).toHaveLength(2);
    expect(results).toMatchObject([{ outcome: 'written', contact: { id: 'c-1' } }]);
  });
});
