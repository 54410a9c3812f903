/** What a phone said about itself when it was connected. Untrusted text, cut to a sensible length. */
export interface PhoneFacts {
  /** The hardware's serial (`ro.serialno`): the same over USB, Wi-Fi and every address. */
  readonly serial: string;
  /** What its owner calls it, or maker and model. */
  readonly name: string;
  readonly model: string;
  readonly maker: string;
  /** 34 for Android 14. */
  readonly apiLevel: number;
  /** "14". */
  readonly release: string;
  /** "2026-05-01", or "" where the phone does not say. */
  readonly securityPatch: string;
  /** True for a phone that Tentacle simulates. */
  readonly virtual: boolean;
  /** The Android user in front: 0 unless the phone is shared. */
  readonly user: number;
  readonly packages: ReadonlySet<string>;
}
