import { checkbox, field, READ_ONLY, text, UNSECURED } from './field.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import { systemFields } from './shared-fields.ts';

/** Users are read, never written through this API: owners and the API user itself. */
export function userSchema(): ObjectSchema {
  const shown = { ...READ_ONLY, ...UNSECURED, nillable: false };
  return objectSchema('User', 'User', 'People', '005', [
    ...systemFields('User'),
    text('Username', 'Username', 80, { ...shown, idLookup: true }),
    text('LastName', 'Last Name', 80, shown),
    text('FirstName', 'First Name', 40, { ...READ_ONLY, ...UNSECURED }),
    text('Name', 'Full Name', 121, { ...shown, nameField: true }),
    field('email', 'Email', 'Email', { ...shown, length: 128, idLookup: true }),
    checkbox('IsActive', 'Active', shown),
    text('TimeZoneSidKey', 'Time Zone', 40, shown),
  ]);
}
