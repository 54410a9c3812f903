/** The entries of Home Assistant's registries in the form of their list commands, with what matters of them. */

export interface VirtualArea {
  readonly area_id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly floor_id: string | null;
}

export interface VirtualFloor {
  readonly floor_id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly level: number | null;
}

export interface VirtualDevice {
  readonly id: string;
  readonly name: string;
  readonly name_by_user: string | null;
  readonly area_id: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
}

export interface VirtualEntry {
  readonly entity_id: string;
  /** The registry's own id: 32 hexadecimal digits, the same after renaming. */
  readonly id: string;
  readonly unique_id: string;
  readonly platform: string;
  readonly name: string | null;
  readonly original_name: string | null;
  readonly area_id: string | null;
  readonly device_id: string | null;
  readonly hidden_by: 'user' | 'integration' | null;
  readonly disabled_by: 'user' | 'integration' | 'device' | null;
  readonly entity_category: 'config' | 'diagnostic' | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** In `get_entries` alone, not in the list. */
  readonly aliases: readonly string[];
}

export interface VirtualRegistries {
  areas: readonly VirtualArea[];
  floors: readonly VirtualFloor[];
  devices: readonly VirtualDevice[];
  entities: readonly VirtualEntry[];
}

/** As `config/entity_registry/list` gives it. */
export function listedEntry(entry: VirtualEntry): Omit<VirtualEntry, 'aliases'> {
  const { aliases: _, ...listed } = entry;
  return listed;
}
