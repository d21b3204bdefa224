import type { JsonObject, JsonValue } from '../model/json.ts';
import type { Side } from '../model/side.ts';
import type { ValueType } from '../model/value-type.ts';
import { addressAccess } from './codecs/address.ts';
import { booleanCodec } from './codecs/boolean.ts';
import type { FieldCodec, FieldPair, PairCodec, SideAccess } from './codecs/codec.ts';
import { dateCodec } from './codecs/date.ts';
import { datetimeCodec } from './codecs/datetime.ts';
import { emailCodec } from './codecs/email.ts';
import { numberCodec } from './codecs/number.ts';
import { phoneCodec } from './codecs/phone.ts';
import { picklistCodec } from './codecs/picklist.ts';
import { setCodec } from './codecs/set.ts';
import { textCodec } from './codecs/text.ts';
import { urlCodec } from './codecs/url.ts';
import { type LookupTable, lookupCodec } from './computed/lookup.ts';
import { isJsonObject, joinerAt, readerAt, writerAt } from './json-path.ts';
import type { Source } from './source.ts';
import { Unwritable } from './unwritable.ts';

type ScalarType = Exclude<ValueType, 'address' | 'set'>;

const CODECS: Readonly<Record<ScalarType, (pair: FieldPair) => PairCodec>> = {
  text: textCodec,
  number: numberCodec,
  boolean: booleanCodec,
  date: dateCodec,
  datetime: datetimeCodec,
  email: emailCodec,
  phone: phoneCodec,
  picklist: picklistCodec,
  url: urlCodec,
};

/** The codec of a pair of fields. Addresses have none: they stand in several places. */
function codecFor(
  type: Exclude<ValueType, 'address'>,
  pair: FieldPair,
  lookup: LookupTable | undefined,
): PairCodec {
  if (type === 'set') return setCodec(pair, lookup);
  return lookup === undefined ? CODECS[type](pair) : lookupCodec(pair, lookup);
}

/** Both sides of a rule, read from and written to whole records. */
export function accessFor(
  type: ValueType,
  sources: Readonly<Record<Side, Source>>,
  pair: FieldPair,
  lookup: LookupTable | undefined,
): Readonly<Record<Side, SideAccess>> {
  if (type === 'address') return addressAccess(pair);
  const codec = codecFor(type, pair, lookup);
  // Canonical sets have a separator of their own, and looked-up words a mark for what the table does not have.
  const readsItself = type !== 'set' && lookup === undefined;
  return {
    left: accessBy(codec.left, sources.left, readsItself),
    right: accessBy(codec.right, sources.right, readsItself),
  };
}

function accessBy(codec: FieldCodec, source: Source, readsItself: boolean): SideAccess {
  if (source.computedBy === 'constant') {
    const constant = codec.decode(source.read({}));
    return { read: () => constant, write: notWritten };
  }
  if (source.computedBy !== undefined)
    return { read: readWith(source.read, codec.decode), write: notWritten };
  const { encode } = codec;
  const { path, setShape } = source.field;
  const read = readsItself ? decoderAt(path, codec.decode) : readWith(readerAt(path), codec.decode);
  const put = setShape === 'flags' ? joinerAt(path) : writerAt(path);
  return {
    read,
    write: (canonical, payload) => {
      const wire = encode(canonical);
      if (wire instanceof Unwritable) return wire;
      put(payload, wire);
      return undefined;
    },
  };
}

const COMPUTED = new Unwritable('VALUE_INVALID', 'A computed value is not written');
const notWritten: SideAccess['write'] = () => COMPUTED;

/** Reads and decodes in one step where it can: it runs per field and record. */
function decoderAt(path: readonly string[], decode: FieldCodec['decode']): SideAccess['read'] {
  const [first, second, third] = path;
  if (first === undefined || third !== undefined) return readWith(readerAt(path), decode);
  if (second === undefined) return (values, likely) => decodeUnless(likely, values[first], decode);
  return (values, likely) => {
    const outer = values[first];
    return decodeUnless(likely, isJsonObject(outer) ? outer[second] : undefined, decode);
  };
}

/** What stands there as the other side has it is canonical already: its characters need no second look. */
function decodeUnless(
  likely: string | undefined,
  raw: JsonValue | undefined,
  decode: FieldCodec['decode'],
): string {
  return likely !== undefined && typeof raw === 'string' && raw === likely ? likely : decode(raw);
}

function readWith(raw: Source['read'], decode: FieldCodec['decode']): (values: JsonObject) => string {
  return (values) => decode(raw(values));
}
