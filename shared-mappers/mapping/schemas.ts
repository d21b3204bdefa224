import type { ObjectSchema } from '../model/field-schema.ts';
import type { Side } from '../model/side.ts';

/** Both sides as they are described today. */
export type Schemas = Readonly<Record<Side, ObjectSchema>>;
