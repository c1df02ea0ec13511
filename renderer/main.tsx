import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connectStores } from './bridge/connect-stores.ts';
import { carryOutCommand } from './screens/commands.ts';
import { openFiles } from './screens/export/segment-files.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// A file dropped beside a drop target must never make the window navigate to it.
for (const type of ['dragover', 'drop']) document.addEventListener(type, (event) => event.preventDefault());

connectStores({ carryOut: carryOutCommand, openFiles: (paths) => void openFiles(paths) });
createRoot(root).render(<App />);
