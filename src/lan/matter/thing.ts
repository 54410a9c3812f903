import type { EndpointView } from './endpoint-view.js';

/** One endpoint that a person would name. */
export interface Thing {
  /** `matter:<node>-<endpoint>` */
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly room: string | null;
  readonly deviceClass: string;
  readonly groups: readonly string[];
  /** False for a thing that its bridge has lost. */
  readonly isReachable: boolean;
  readonly endpoint: EndpointView;
  readonly details: Readonly<Record<string, string>>;
}
