import { strict } from './strict.ts';

type Content = string | Blob | Promise<string | Blob>;

/** What goes onto the clipboard, by MIME type (the W3C's shape, Electron's since 44). */
export class ClipboardItem {
  readonly types: string[];
  private readonly items: Record<string, Content>;

  constructor(items: Record<string, Content>) {
    this.items = items;
    this.types = Object.keys(items);
  }

  async getType(type: string): Promise<Blob> {
    if (!(type in this.items)) throw new Error(`The clipboard item has no ${type}`);
    const content = await this.items[type];
    return content instanceof Blob ? content : new Blob([content ?? ''], { type });
  }
}

let content: ClipboardItem[] = [];

/** The app's own clipboard: shared by the main process's calls, apart from the desktop's. */
export const clipboard = strict('clipboard', {
  async readText(): Promise<string> {
    const item = content.find((candidate) => candidate.types.includes('text/plain'));
    return item === undefined ? '' : (await item.getType('text/plain')).text();
  },
  async writeText(text: string): Promise<void> {
    content = [new ClipboardItem({ 'text/plain': text })];
  },
  async read(): Promise<ClipboardItem[]> {
    return content;
  },
  async write(items: ClipboardItem[]): Promise<void> {
    content = items;
  },
  async has(type: string): Promise<boolean> {
    return content.some((item) => item.types.includes(type));
  },
  clear(): void {
    content = [];
  },
});
