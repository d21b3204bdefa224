import { hash } from 'node:crypto';
import { invalidResource, type Problem } from './problem.ts';

const SHAPE = /^[^\s@,;:<>()[\]\\"]+@(?:[^\s@.,;:<>()[\]\\"]+\.)+[^\s@.,;:<>()[\]\\"]{2,}$/u;

/**
 * Domains that Mailchimp takes for fake: those reserved for documentation. `.test`, reserved too, stands for
 * real addresses here, since nothing mailed to it can reach anyone.
 */
const FAKE = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|localhost)$/;

/** The address as it is stored: without the blanks around it. Case is kept. */
export function tidyEmail(email: string): string {
  return email.trim();
}

/** Member id: md5 of the lower-case address, 32 hex digits. It moves when the address changes. */
export function subscriberHash(email: string): string {
  return hash('md5', email.trim().toLowerCase());
}

/** What Mailchimp says against an address, if anything. */
export function emailFault(email: string): Problem | undefined {
  const tidy = tidyEmail(email);
  if (!SHAPE.test(tidy) || tidy.includes('..'))
    return invalidResource('Please provide a valid email address.');
  const domain = tidy.slice(tidy.lastIndexOf('@') + 1).toLowerCase();
  if (FAKE.test(domain)) {
    return invalidResource(`${tidy} looks fake or invalid, please enter a real email address.`);
  }
  return undefined;
}
