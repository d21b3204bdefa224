import type { SourceRecord } from '../../model/record.ts';
import type { Connector, Page } from '../../ports/connector.ts';

/** The same connector, telling of every record that is read through it. */
export function observed(
  connector: Connector,
  observe: (records: readonly SourceRecord[]) => void,
): Connector {
  async function* pages(listing: AsyncIterable<Page>): AsyncGenerator<Page> {
    for await (const page of listing) {
      observe(page.records);
      yield page;
    }
  }
  const told = async (reading: Promise<SourceRecord[]>): Promise<SourceRecord[]> => {
    const records = await reading;
    observe(records);
    return records;
  };
  const { readMergedInto } = connector;
  return {
    ...connector,
    ...(readMergedInto === undefined
      ? {}
      : { readMergedInto: (ids, columns) => told(readMergedInto(ids, columns)) }),
    readAll: (columns) => pages(connector.readAll(columns)),
    readChanges: (since, columns) => pages(connector.readChanges(since, columns)),
    readByIds: (ids, columns) => told(connector.readByIds(ids, columns)),
    readByKey: (field, values, columns) => told(connector.readByKey(field, values, columns)),
  };
}
