import type { Failure } from '../../core/failure.js';
import { networkWords } from './remote-file.js';

/** What can go wrong between the first byte and the whole, checked file. */
export const cancelled: Failure = {
  code: 'CANCELLED',
  fault: 'user',
  message: 'The download was stopped.',
  next: 'The same command goes on where it stopped.',
};

export function exists(target: string): Failure {
  return {
    code: 'DOWNLOAD_EXISTS',
    fault: 'user',
    message: `${target} is there already and was left as it is. Nothing was downloaded.`,
    next: 'Add that file by its path, choose another --name, or delete it.',
  };
}

export function tooLarge(url: URL, total: number | null): Failure {
  return {
    code: 'DOWNLOAD_TOO_LARGE',
    fault: 'user',
    message: `The file on ${url.host} is larger than a model may be${total === null ? '' : ` (${gigabytes(total)})`}.`,
    next: 'Check the address; use a smaller or more strongly quantized model.',
  };
}

export function noSpace(folder: string, needed: number, free: number): Failure {
  return {
    code: 'DOWNLOAD_NO_SPACE',
    fault: 'user',
    message: `There is not enough space in ${folder}: ${gigabytes(needed)} are needed, ${gigabytes(free)} can be used.`,
    next: 'Make space, or point TENTACLE_DATA to another disk, and try again.',
  };
}

export function stalled(url: URL): Failure {
  return {
    code: 'DOWNLOAD_STALLED',
    fault: 'link',
    message: `${url.host} sent nothing more for too long.`,
    next: 'Run the command again: it goes on where it stopped, if the server allows that.',
  };
}

/** The connection broke, the answer made no sense, or the disk could not be written. */
export function broken(url: URL, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EACCES' || code === 'EROFS' || code === 'EFBIG') {
    return {
      code: 'DOWNLOAD_NOT_WRITTEN',
      fault: 'user',
      message: 'The download could not be written to the disk.',
      next: 'Check that there is space and that the data folder may be written, and try again.',
      detail: networkWords(error),
    };
  }
  return {
    code: 'DOWNLOAD_CUT',
    fault: 'link',
    message: `The download from ${url.host} was cut off.`,
    next: 'Run the command again: it goes on where it stopped, if the server allows that.',
    detail: networkWords(error),
  };
}

export function wrongHash(url: URL, expected: string, actual: string): Failure {
  return {
    code: 'DOWNLOAD_WRONG_HASH',
    fault: 'link',
    message: `What ${url.host} sent is not the file that was expected. It was deleted and nothing was added.`,
    next: 'Check the SHA-256 at the place where you have it from, and try again or use another server.',
    detail: `sha256 ${actual} instead of ${expected}`,
  };
}

export function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
