/** The properties that `getprop` prints as "[key]: [value]" lines. A value may hold line breaks and brackets. */
export function parseProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const entry of text.replaceAll('\r\n', '\n').split(/\n(?=\[[^\]\n]*\]: \[)/)) {
    const match = /^\[([^\]\n]*)\]: \[([\s\S]*)\]\s*$/.exec(entry);
    if (match?.[1]) properties.set(match[1], match[2] ?? '');
  }
  return properties;
}

/** The names in `pm list packages` ("package:com.android.camera2" a line). */
export function parsePackages(text: string): ReadonlySet<string> {
  return new Set(
    text.split(/\r?\n/).flatMap((line) => {
      const name = /^package:([A-Za-z0-9_.]+)$/.exec(line.trim())?.[1];
      return name ? [name] : [];
    }),
  );
}
