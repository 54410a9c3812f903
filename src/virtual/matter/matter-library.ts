/** The parts of @matter/main that virtual devices are made of. Loaded when the first one opens: it is large. */
export async function loadMatter() {
  const [main, devices, behaviors, endpoints, types] = await Promise.all([
    import('@matter/main'),
    import('@matter/main/devices'),
    import('@matter/main/behaviors'),
    import('@matter/main/endpoints'),
    import('@matter/main/types'),
  ]);
  return { ...types, ...main, ...devices, ...behaviors, ...endpoints };
}

export type MatterLibrary = Awaited<ReturnType<typeof loadMatter>>;
