export type TrackingStatus = 'ACTIVE' | 'ARCHIVED' | 'DELETED';

export interface TrackingOption {
  readonly id: string;
  readonly name: string;
  readonly status: TrackingStatus;
}

/** A way to split the books, such as by region; two may be active. */
export interface TrackingCategory {
  readonly id: string;
  readonly name: string;
  readonly status: TrackingStatus;
  readonly options: readonly TrackingOption[];
}
