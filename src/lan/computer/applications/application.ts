import type { Command } from '../command.js';

/** An application that is installed on this computer. */
export interface Application {
  /** As the desktop shows it, in the user's language. */
  readonly name: string;
  /** All its proper names: "Files", "文件"; never empty. */
  readonly names: readonly string[];
  /** What its files and programs are called: "org.gnome.Nautilus", "nautilus". */
  readonly ids: readonly string[];
  /** What kind of application it is: "Web Browser", "网络浏览器". */
  readonly genericNames: readonly string[];
  readonly start: Command;
}
