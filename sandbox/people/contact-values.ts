import type { Person } from './person.ts';

/** A Salesforce record's values by field name; what is unknown is left out. */
export type CrmValues = Record<string, string | number | boolean>;

/** A person as a Contact. The company stands in the account. */
export function contactValues(person: Person, accountId: string | undefined): CrmValues {
  const values = personValues(person);
  if (accountId !== undefined) values.AccountId = accountId;
  if (person.birthdate !== undefined) values.Birthdate = person.birthdate;
  if (person.address !== undefined) {
    values.MailingStreet = person.address.street;
    values.MailingCity = person.address.city;
    values.MailingState = person.address.state;
    values.MailingPostalCode = person.address.zip;
    values.MailingCountry = person.address.country;
  }
  return values;
}

/** A person as a Lead. Salesforce asks for a company. */
export function leadValues(person: Person): CrmValues {
  const values = personValues(person);
  values.Company = person.company?.name ?? '[not provided]';
  values.Status = 'Open - Not Contacted';
  if (person.address !== undefined) {
    values.Street = person.address.street;
    values.City = person.address.city;
    values.State = person.address.state;
    values.PostalCode = person.address.zip;
    values.Country = person.address.country;
  }
  return values;
}

function personValues(person: Person): CrmValues {
  const values: CrmValues = {
    LastName: person.lastName,
    Email: person.email,
    HasOptedOutOfEmail: false,
    Newsletter_Opt_Out__c: false,
    Preferred_Language__c: person.language,
  };
  if (person.firstName !== undefined) values.FirstName = person.firstName;
  if (person.phone !== undefined) values.Phone = person.phone.international;
  if (person.title !== undefined) values.Title = person.title;
  if (person.tier !== undefined) values.Customer_Tier__c = person.tier;
  if (person.topics.length > 0) values.Newsletter_Topics__c = person.topics.join(';');
  if (person.points !== undefined) values.Loyalty_Points__c = person.points;
  if (person.website !== undefined) values.Website__c = person.website;
  return values;
}
