import {
  type ActivityDelivery,
  unpackActivity,
} from '@stackbridge/shared-mappers/sync/stateless/activity/activity-delivery.ts';
import { StepFault } from '../errors/step-fault.ts';

/** @throws StepFault for a text that the trigger of this app has not made */
export function readActivity(given: string): ActivityDelivery {
  const read = unpackActivity(given);
  if (read !== undefined) return read;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Activity must hold the "Activity for Sync Steps" of the trigger Campaign Activity, and nothing else.',
  );
}
