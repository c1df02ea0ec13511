import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connectStores } from './bridge/connect-stores.ts';
import { noteFailure } from './bridge/note-failure.ts';
import { carryOutCommand, goTo } from './screens/commands.ts';
import { openFiles } from './screens/export/segment-files.ts';
import { showReport } from './stores/report-store.ts';
import { warn } from './stores/ui-store.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// A file dropped beside a drop target must never make the window navigate to it.
for (const type of ['dragover', 'drop']) document.addEventListener(type, (event) => event.preventDefault());

// What nobody caught: the log keeps where it was, and the person is told.
const surprised = (kind: 'error' | 'rejection', thrown: unknown): void => {
  noteFailure(kind, thrown);
  warn('notice.page-error', { label: 'report.save', act: showReport });
};
// A ResizeObserver that is not done within a frame is reported without an error; nothing is wrong then.
window.addEventListener('error', ({ error }) => error != null && surprised('error', error));
window.addEventListener('unhandledrejection', ({ reason }) => surprised('rejection', reason));

connectStores({ carryOut: carryOutCommand, openFiles: (paths) => void openFiles(paths), goTo });
createRoot(root).render(<App />);
