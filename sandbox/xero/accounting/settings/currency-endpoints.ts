import { z } from 'zod';
import { isCurrency } from '../../documents/currency.ts';
import { jsonBody, type XeroEndpoint } from '../../endpoint.ts';
import { readInput, Text } from '../../wire/input.ts';
import { validationException } from '../../wire/refusal.ts';
import { envelope } from '../envelope.ts';

const scopes = ['accounting.settings'];
const CurrencyInput = z.object({ Code: Text, Description: Text });

/** `/Currencies` the organisation has subscribed to. */
export const currencyEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Currencies',
    operation: 'currencies.list',
    scopes,
    handle: ({ books }) => envelope(books, { Currencies: books.currencies.map(showCurrency) }),
  },
  {
    method: 'PUT',
    path: '/Currencies',
    operation: 'currencies.create',
    scopes,
    handle: (call) => {
      const { Code = '' } = readInput(CurrencyInput, jsonBody(call), 'Currencies[0]');
      const code = Code.toUpperCase();
      if (!isCurrency(code)) {
        throw validationException([
          { Code, ValidationErrors: [{ Message: `Currency ${Code} is not valid` }] },
        ]);
      }
      const { books } = call;
      if (!books.currencies.includes(code)) books.currencies = [...books.currencies, code];
      return envelope(books, { Currencies: [showCurrency(code)] });
    },
  },
];

const NAMES = new Intl.DisplayNames('en', { type: 'currency' });

function showCurrency(code: string): object {
  return { Code: code, Description: NAMES.of(code) ?? code };
}
