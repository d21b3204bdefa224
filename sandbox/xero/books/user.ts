/** Someone who signs in to the organisation. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: 'STANDARD' | 'FINANCIALADVISER' | 'READONLY';
  readonly isSubscriber: boolean;
  readonly updatedMs: number;
}
