import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readDescribe } from '@stackbridge/shared-mappers/connectors/salesforce/describe.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';

/** Recorded answers lie beside the project, see their PROVENANCE. */
function recorded(name: string): string {
  return readFileSync(new URL(`../../../shared/fixtures/salesforce/${name}.json`, import.meta.url), 'utf8');
}

const request = { method: 'GET', path: '/' } as const;
const codeOf = (status: number, name: string) =>
  interpretSalesforce({ status, headers: {}, body: recorded(name) }, request)?.code;

describe("the connector reads Salesforce's recorded answers", () => {
  test('errors', () => {
    expect(codeOf(401, 'expired_session_response')).toBe('SIGN_IN_EXPIRED');
    expect(codeOf(400, 'write_error_response')).toBe('BRAKE_FIELD_MISSING');
    expect(codeOf(404, 'sobject_describe_error_response')).toBe('RECORD_GONE');
  });

  test('a described Contact, whose opt-out field was hidden from that user', () => {
    const { object, fields } = readDescribe(recorded('describe-Contact'));
    expect(object).toBe('Contact');
    expect(fields.has('HasOptedOutOfEmail')).toBe(false);
    expect(fields.get('LastName')).toMatchObject({ required: true, maxLength: 80, kind: 'text' });
    expect(fields.get('OwnerId')).toMatchObject({ required: false });
    expect(fields.get('Account.Name')).toMatchObject({ updatable: false });
    expect(fields.get('MailingAddress')).toMatchObject({
      updatable: true,
      parts: { street: ['MailingStreet'], country: ['MailingCountry'] },
      partLengths: { street: 255, city: 40, state: 80, postalCode: 20, country: 80 },
    });
  });

  test('a described Lead, which asks for a name and a company', () => {
    const { fields } = readDescribe(recorded('describe-Lead'));
    const required = [...fields.values()].filter((field) => field.required).map((field) => field.name);
    expect(required).toEqual(['LastName', 'Company']);
    expect(fields.get('Address')?.parts?.street).toEqual(['Street']);
  });
});
