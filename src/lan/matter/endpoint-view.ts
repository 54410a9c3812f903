import type { ClusterName } from './matter-library.js';

/** The attributes of one cluster as last reported, by their names in the specification; nothing is checked yet. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One endpoint of a Matter node as last reported. */
export interface EndpointView {
  readonly number: number;
  /** The endpoint that it is a part of, or null for the root and what lies right under it. */
  readonly parent: number | null;
  /** Device types by their numbers in Matter's device library. */
  readonly deviceTypes: readonly number[];
  /** A cluster's attributes, or null where it has no such cluster. */
  cluster(name: ClusterName | LabelCluster): Attributes | null;
}

/** Clusters that only tell names. */
export type LabelCluster = 'fixedLabel' | 'userLabel';
