import { unsupportedMediaType, validationError } from './api-error.ts';

export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly content: Buffer;
}

const lineEnd = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

/**
 * The parts of a `multipart/form-data` body (RFC 7578).
 * @throws ApiError 415 when the content type is another or names no boundary, 400 when the body breaks off
 */
export function readMultipart(contentType: string, body: Buffer): Part[] {
  const boundary = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) throw unsupportedMediaType('Content-Type must be multipart/form-data with a boundary.');
  const mark = Buffer.from(`--${text}`);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  for (;;) {
    if (at === -1) throw validationError('The multipart body is incomplete.');
    at += mark.length;
    if (body.toString('latin1', at, at + 2) === '--') return parts;
    const headStart = body.indexOf(lineEnd, at) + lineEnd.length;
    const headStop = body.indexOf(headEnd, at);
    if (headStop === -1) throw validationError('The multipart body is incomplete.');
    const start = headStop + headEnd.length;
    const end = body.indexOf(Buffer.concat([lineEnd, mark]), start);
    if (end === -1) throw validationError('The multipart body is incomplete.');
    parts.push({ ...readHead(body.toString('utf8', headStart, headStop)), content: body.subarray(start, end) });
    at = end + lineEnd.length;
  }
}

function readHead(head: string): Pick<Part, 'name' | 'fileName'> {
  const disposition = head.split('\r\n').find((line) => /^content-disposition:/i.test(line)) ?? '';
  const value = (name: string) => new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1];
  return { name: value('name') ?? '', fileName: value('filename') ?? null };
}
