import type { INodePropertyMode } from 'n8n-workflow';

interface ListedPlaces {
  /** Name of the method that searches the list. */
  readonly search: string;
  readonly placeholder: string;
  /** The other way, by hand. */
  readonly written: 'By ID' | 'By Name or ID';
  readonly example: string;
}

/** The two ways to name a place: chosen from the live list, or written. */
export function fromList({ search, placeholder, written, example }: ListedPlaces): INodePropertyMode[] {
  return [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder,
      typeOptions: { searchListMethod: search, searchable: true },
    },
    { displayName: written, name: 'id', type: 'string', placeholder: example },
  ];
}
