/** @param member contact id, subscriber hash, or the address itself */
export function memberPath(audienceId: string, member: string): string {
  return `${membersPath(audienceId)}/${encodeURIComponent(member)}`;
}

export function membersPath(audienceId: string): string {
  return `/lists/${encodeURIComponent(audienceId)}/members`;
}

export const JSON_BODY = { 'content-type': 'application/json' } as const;
