import { z } from 'zod';
import type { Answer } from '../../simulator.ts';
import { EMPTY_GUID } from '../books/ids.ts';
import { jsonBody, type XeroCall } from '../endpoint.ts';
import { ElementFault, noDataProcessed, validationException } from '../wire/refusal.ts';
import { envelope } from './envelope.ts';

const Container = z.record(z.string(), z.unknown());
type Element = Record<string, unknown>;

/**
 * The resources of a request: `{"Invoices": […]}`, a bare array, or one resource alone.
 * @throws Refusal when there are none
 */
export function elementsOf(call: XeroCall, plural: string): Element[] {
  const body = jsonBody(call);
  const bare = Array.isArray(body) ? body : undefined;
  const container = bare === undefined ? Container.safeParse(body) : undefined;
  if (bare === undefined && container?.success !== true) throw noDataProcessed();
  const named = container?.data?.[plural];
  const found =
    bare ??
    (Array.isArray(named) ? named : named === undefined || named === null ? [container?.data] : [named]);
  const elements = found
    .map((element) => Container.safeParse(element))
    .flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (elements.length === 0) throw noDataProcessed();
  return elements;
}

/** How a resource of a request is written and shown. */
export interface ElementWriting {
  /** The list's key in request and answer. */
  readonly plural: string;
  /** The key of a resource's id. */
  readonly idKey: string;
  /** Writes one resource. @returns what to show of it @throws ElementFault */
  write(element: Element, index: number): object;
}

/**
 * Writes the resources of a request one after the other. One that breaks the rules fails the whole request with a 400,
 * unless `summarizeErrors=false`: then the others are written, the answer is a 200, and each says how it fared.
 */
export function writeElements(call: XeroCall, { plural, idKey, write }: ElementWriting): Answer {
  const { books } = call;
  const elements = elementsOf(call, plural);
  const each = call.query.summarizeErrors?.toLowerCase() === 'false';
  return books.journal.attempt(() => {
    const faulty: object[] = [];
    const shown = elements.map((element, index) => {
      try {
        return { ...books.journal.attempt(() => write(element, index)), StatusAttributeString: 'OK' };
      } catch (error) {
        if (!(error instanceof ElementFault)) throw error;
        const echo = echoOf(element, idKey, error);
        faulty.push(echo);
        return { ...echo, StatusAttributeString: 'ERROR', HasErrors: true };
      }
    });
    if (faulty.length > 0 && !each) throw validationException(faulty);
    return envelope(books, { [plural]: shown });
  });
}

/** Writes the one resource of a request. @throws Refusal */
export function writeOne(call: XeroCall, writing: ElementWriting): Answer {
  const [element = {}] = elementsOf(call, writing.plural);
  return envelope(call.books, { [writing.plural]: [attempted(call, element, writing)] });
}

function attempted(call: XeroCall, element: Element, { idKey, write }: ElementWriting): object {
  try {
    return call.books.journal.attempt(() => write(element, 0));
  } catch (error) {
    if (error instanceof ElementFault) throw validationException([echoOf(element, idKey, error)]);
    throw error;
  }
}

function echoOf(element: Element, idKey: string, fault: ElementFault): object {
  return {
    ...element,
    [idKey]: element[idKey] ?? EMPTY_GUID,
    ValidationErrors: fault.messages.map((Message) => ({ Message })),
    Warnings: [],
  };
}
