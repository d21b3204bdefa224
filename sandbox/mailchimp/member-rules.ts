import type { Member, WritableStatus } from './member.ts';
import { invalidResource, memberInCompliance, type Problem } from './problem.ts';

/**
 * What the API says against giving an existing contact a status, if anything.
 * Whoever left by themselves or bounced can come back only by themselves: the API may ask them by `pending`
 * (a confirmation mail), except where mail cannot reach them. Whom a user or a client unsubscribed, a client may
 * subscribe again.
 */
export function statusFault(member: Member, wanted: WritableStatus): Problem | undefined {
  if (member.status === 'cleaned') {
    return wanted === 'cleaned' ? undefined : memberInCompliance(member.email);
  }
  // Archiving, or asking by a confirmation mail that nobody has answered, does not undo it.
  const hasLeft = member.closedBy === 'self';
  return hasLeft && wanted === 'subscribed' ? memberInCompliance(member.email) : undefined;
}

/** What the API says against changing a contact's address, if anything. */
export function renameFault(member: Member): Problem | undefined {
  if (member.status !== 'unsubscribed' && member.status !== 'cleaned') return undefined;
  return invalidResource(
    `${member.email} is ${member.status}: the email address of a contact that cannot be mailed cannot be changed.`,
  );
}

/** Bounced, pending and archived contacts cannot be archived. */
export function canArchive(member: Member): boolean {
  return member.status !== 'cleaned' && member.status !== 'pending' && member.status !== 'archived';
}
