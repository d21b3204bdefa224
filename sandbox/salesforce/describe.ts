import { childRelationshipName } from './schema/child-relationship.ts';
import type { Field, FieldType } from './schema/field.ts';
import type { ObjectSchema } from './schema/object-schema.ts';
import type { Schema } from './schema/schema.ts';

const SOAP_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
};

const MEASURES: readonly FieldType[] = ['double', 'currency', 'percent', 'datetime', 'address'];

/** The full describe answer of an object, hidden fields left out. */
export function describeObject(
  version: string,
  schema: Schema,
  object: ObjectSchema,
): Record<string, unknown> {
  const path = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    actionOverrides: [],
    ...summary(object),
    childRelationships: childRelationships(schema, object),
    compactLayoutable: true,
    fields: [...object.fields.values()]
      .filter(({ name }) => !object.hidden.has(name.toLowerCase()))
      .map((field) => describeField(field)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        master: true,
        name: 'Master',
        recordTypeId: '012000000000000AAA',
        urls: { layout: `${path}/describe/layouts/012000000000000AAA` },
      },
    ],
    searchLayoutable: true,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
    urls: {
      compactLayouts: `${path}/describe/compactLayouts`,
      rowTemplate: `${path}/{ID}`,
      describe: `${path}/describe`,
      layouts: `${path}/describe/layouts`,
      sobject: path,
    },
  };
}

/** The short description that lists of objects hold. */
export function describeSummary(version: string, object: ObjectSchema): Record<string, unknown> {
  const path = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    ...summary(object),
    urls: { rowTemplate: `${path}/{ID}`, describe: `${path}/describe`, sobject: path },
  };
}

function summary(object: ObjectSchema): Record<string, unknown> {
  const writable = object.name !== 'User';
  return {
    activateable: false,
    createable: writable,
    custom: object.custom,
    customSetting: false,
    deletable: writable,
    deprecatedAndHidden: false,
    feedEnabled: true,
    hasSubtypes: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
    mruEnabled: true,
    name: object.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    undeletable: true,
    updateable: writable,
  };
}

/** Which objects refer to this one, and the name that reads them from here in SOQL. */
function childRelationships(schema: Schema, parent: ObjectSchema): Array<Record<string, unknown>> {
  return [...schema.objects()].flatMap((child) =>
    [...child.fields.values()]
      .filter(({ referenceTo }) => referenceTo.includes(parent.name))
      .map(({ name, cascadeDelete }) => ({
        cascadeDelete,
        childSObject: child.name,
        deprecatedAndHidden: false,
        field: name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: childRelationshipName(child, name),
        restrictedDelete: false,
      })),
  );
}

/** A link that people make between records, as against who owns or changed one. */
function isBusinessReference({ type, referenceTo, name }: Field): boolean {
  return type === 'reference' && !referenceTo.includes('User') && name !== 'MasterRecordId';
}

function describeField(field: Field): Record<string, unknown> {
  const isLongText = field.type === 'textarea' && field.length > 255;
  const isText = SOAP_TYPES[field.type] === undefined;
  return {
    aggregatable: !isLongText && field.type !== 'boolean' && field.type !== 'address',
    autoNumber: false,
    byteLength: isText ? field.length * 3 : field.length,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: field.cascadeDelete,
    caseSensitive: false,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.defaultValue,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? (field.createable ? 8 : 9) : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.extraTypeInfo,
    filterable: !isLongText,
    filteredLookupInfo: null,
    groupable: !isLongText && !MEASURES.includes(field.type),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: field.picklistValues
      .filter(({ active }) => active)
      .map(({ value, label = value, active, defaultValue }) => ({
        active,
        defaultValue,
        label,
        validFor: null,
        value,
      })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    queryByDistance: field.type === 'address',
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: isBusinessReference(field),
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: !isLongText && field.type !== 'address',
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}
