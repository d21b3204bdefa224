import type { ObjectSchema } from '../model/field-schema.ts';
import type { SourceRecord } from '../model/record.ts';
import { mayOverwrite } from '../plan/may-overwrite.ts';
import type { Mark } from '../plan/record-marks.ts';
import { rememberedOn } from '../plan/stamp-home.ts';
import { compileRecipe } from './compile-recipe.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import { markAt } from './record-marks.ts';

/**
 * Which records of one side may replace a value when a step carries them out: linked ones that say something else than
 * what their own stamp remembers. Whom nobody is linked to yet is met, and met people overwrite nothing by themselves.
 *
 * @param other the other side's fields; without them (or where they no longer fit) every linked record may
 */
export function overwritesOfSide(
  recipe: ContactSyncRecipe,
  own: ObjectSchema,
  other: ObjectSchema | undefined,
): (record: SourceRecord) => boolean {
  const { base } = recipe;
  if (base === 'store') return () => false;
  const [side, system] =
    own.system === 'salesforce' ? (['left', 'salesforce'] as const) : (['right', 'mailchimp'] as const);
  const markNamed = (name: string | undefined): Mark | undefined => {
    const field = name === undefined ? undefined : own.fields.get(name);
    return field === undefined ? undefined : markAt(field);
  };
  const stamp = markNamed(base[system]);
  const partner = markNamed(base.partner?.[system]);
  const isLinked = ({ values }: SourceRecord): boolean =>
    [stamp, partner].some((mark) => mark !== undefined && mark.read(values) !== '');
  const rules = other === undefined ? undefined : rulesOf(recipe, own, other);
  if (stamp === undefined || rules === undefined) return isLinked;
  return (record) => isLinked(record) && mayOverwrite(record, side, rules, rememberedOn(stamp, record));
}

function rulesOf(recipe: ContactSyncRecipe, own: ObjectSchema, other: ObjectSchema) {
  const [salesforce, mailchimp] = own.system === 'salesforce' ? [own, other] : [other, own];
  const compiled = compileRecipe(recipe, { salesforce, mailchimp });
  return 'problems' in compiled ? undefined : compiled.map.rules;
}
