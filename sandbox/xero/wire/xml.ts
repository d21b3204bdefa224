const SINGULAR: Readonly<Record<string, string>> = {
  Currencies: 'Currency',
  TrackingCategories: 'TrackingCategory',
  Addresses: 'Address',
  LineItems: 'LineItem',
  Tracking: 'TrackingCategory',
  Elements: 'DataContractBase',
};

/** An answer as XML, which the Accounting API and Payroll AU send to whoever does not ask for JSON. */
export function toXml(body: object): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<Response>${childrenOf(body)}</Response>`;
}

function childrenOf(value: object): string {
  return Object.entries(value)
    .map(([name, child]) => element(name, child))
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const one = SINGULAR[name] ?? name.replace(/s$/, '');
    return `<${name}>${value.map((item) => element(one, item)).join('')}</${name}>`;
  }
  if (typeof value === 'object') return `<${name}>${childrenOf(value)}</${name}>`;
  return `<${name}>${escaped(String(value))}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
