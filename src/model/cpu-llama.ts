import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp';

/**
 * llama.cpp on the CPU, from the package's own binary: nothing is built or downloaded, and only errors are said. At most
 * `threads` threads; 0 leaves the number open. Whoever opens it disposes it.
 */
export function openCpuLlama(threads: number): Promise<Llama> {
  return getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    logLevel: LlamaLogLevel.error,
    maxThreads: threads,
  });
}
