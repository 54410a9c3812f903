import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';
import type { TentacleError } from '../../core/failure.js';
import { badAnswer, innerFailure, notConfirmed, notMcp, refused, wantsInput } from './mcp-failures.js';

/** HTTP's ways to say that there is nothing of the sort at this address. */
const NOT_HERE = new Set([301, 302, 303, 307, 308, 404, 405, 406, 410, 415]);

/** What an error of the protocol's library means to a person; null where all it says is that the connection ended. */
export function libraryFailure(name: string, error: unknown): TentacleError | null {
  const inner = innerFailure(error);
  if (inner) return inner;
  if (error instanceof ProtocolError) return refused(name, error);
  if (error instanceof SdkHttpError) {
    // A gateway says 5xx for a server that has the call and is still at it.
    if (error.status >= 500) return notConfirmed(name, error);
    return NOT_HERE.has(error.status) ? notMcp(name, error) : refused(name, error);
  }
  if (!(error instanceof SdkError)) return null;
  switch (error.code) {
    case SdkErrorCode.InvalidResult:
      return badAnswer(name, error);
    case SdkErrorCode.UnsupportedResultType:
      return isQuestion(error.data) ? wantsInput(name) : notConfirmed(name, error);
    case SdkErrorCode.EraNegotiationFailed:
    case SdkErrorCode.ClientHttpUnexpectedContent:
    case SdkErrorCode.MethodNotSupportedByProtocolVersion:
      return notMcp(name, error);
    default:
      return null;
  }
}

/** The server has not done it yet, and wants to know something first. */
function isQuestion(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'resultType' in data && data.resultType === 'input_required';
}
