/**
 * What virtual devices do wrong with commands until they are told otherwise: `refuse` answers with an error, `ignore` says yes and
 * does nothing, `jam` is a bolt that stops half way and a motor that stands still, `slow` answers after eight seconds.
 */
export type MatterFault = 'none' | 'refuse' | 'ignore' | 'jam' | 'slow';

/** The fault that rules all devices of one virtual home; they look here at each command. */
export class MatterFaults {
  current: MatterFault = 'none';
}
