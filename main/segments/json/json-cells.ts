const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The members of a JSON object, or the items of an array, as cells: strings as they mean, numbers exactly as written (no precision is lost),
 * `true` and `false` as such, null as an empty cell, what is nested as compact JSON text. Null when the text is not well-formed.
 */
export function cellsOf(text: string): { readonly keys: string[] | null; readonly cells: string[] } | null {
  const reader = new Reader(text);
  return reader.value();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): { keys: string[] | null; cells: string[] } | null {
    this.#blanks();
    const open = this.#text[this.#at];
    if (open !== '{' && open !== '[') {
      const cell = this.#cell();
      return cell !== null && this.#ended() ? { keys: null, cells: [cell] } : null;
    }
    const close = open === '{' ? '}' : ']';
    const keys: string[] = [];
    const cells: string[] = [];
    this.#at++;
    this.#blanks();
    if (this.#text[this.#at] === close) this.#at++;
    else if (!this.#members(open === '{', close, keys, cells)) return null;
    return this.#ended() ? { keys: open === '{' ? keys : null, cells } : null;
  }

  #members(named: boolean, close: string, keys: string[], cells: string[]): boolean {
    for (;;) {
      if (named) {
        this.#blanks();
        const key = this.#text[this.#at] === '"' ? this.#string() : null;
        this.#blanks();
        if (key === null || this.#text[this.#at] !== ':') return false;
        this.#at++;
        keys.push(key);
      }
      this.#blanks();
      const cell = this.#cell();
      if (cell === null) return false;
      cells.push(cell);
      this.#blanks();
      const next = this.#text[this.#at++];
      if (next === close) return true;
      if (next !== ',') return false;
    }
  }

  #cell(): string | null {
    const first = this.#text[this.#at];
    if (first === '"') return this.#string();
    if (first === '{' || first === '[') return this.#nested();
    const start = this.#at;
    while (this.#at < this.#text.length && !endsWord(this.#text.charCodeAt(this.#at))) this.#at++;
    const word = this.#text.slice(start, this.#at);
    if (word === 'null') return '';
    return word === 'true' || word === 'false' || number.test(word) ? word : null;
  }

  #string(): string | null {
    const start = this.#at;
    const end = stringEnd(this.#text, start);
    if (end < 0) return null;
    this.#at = end;
    const plain = this.#text.slice(start + 1, end - 1);
    // A raw line break inside a string is against the rules but clear: only escapes need understanding.
    if (!plain.includes('\\')) return plain;
    return parsed(this.#text.slice(start, end)) as string | null;
  }

  #nested(): string | null {
    const start = this.#at;
    let depth = 0;
    let compact = '';
    let from = start;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] ?? '';
      if (character === '"') {
        const end = stringEnd(this.#text, this.#at);
        if (end < 0) return null;
        this.#at = end - 1;
      } else if (character === '{' || character === '[') depth++;
      else if (character === '}' || character === ']') {
        if (--depth === 0) {
          this.#at++;
          compact += this.#text.slice(from, this.#at);
          return parsed(compact) === null ? null : compact;
        }
      } else if (/\s/.test(character)) {
        compact += this.#text.slice(from, this.#at);
        from = this.#at + 1;
      }
    }
    return null;
  }

  #blanks(): void {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #ended(): boolean {
    this.#blanks();
    return this.#at >= this.#text.length;
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function endsWord(code: number): boolean {
  return isBlank(code) || code === 44 || code === 93 || code === 125;
}

/** Behind the closing quote of the string that begins at `start`; -1 when it is not closed. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
