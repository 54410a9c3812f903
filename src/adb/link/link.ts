import type { AdbSocket } from '@yume-chan/adb';

/** An authorised way to one phone's adbd, over which services are opened. */
export interface Link {
  /** What adbd can do: "shell_v2", "cmd"... */
  readonly features: ReadonlySet<string>;
  /**
   * Opens a service ("shell,v2,raw:..."). `onSent` is called right before the service's name leaves: from then on the
   * phone may act.
   *
   * @throws TentacleError LINK_LOST, SERVICE_REFUSED, or the signal's reason.
   */
  open(service: string, options: { signal: AbortSignal; onSent?: (() => void) | undefined }): Promise<AdbSocket>;
  /** Whether it goes over a network that the phone itself could be switched off from. */
  readonly isWireless: boolean;
  /** Aborts, with LINK_LOST as its reason, once the link is gone. */
  readonly lost: AbortSignal;
  close(): void;
}
