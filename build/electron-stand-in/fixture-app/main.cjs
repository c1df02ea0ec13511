// A small app that the stand-in's tests drive: it does with Electron what Segue does, and what Segue must not do.
const path = require('node:path');
const { app, BrowserWindow, ipcMain, protocol } = require('electron');

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fixture</title>
<body><h1>Fixture</h1><p id="out"></p><div id="drop" style="height:200px">drop</div>
<script src="/page.js"></script></body></html>`;
const script = `document.addEventListener('dragover', (e) => e.preventDefault());
document.addEventListener('drop', async (e) => { e.preventDefault();
  document.querySelector('#out').textContent = await window.fixture.pathOf(e.dataTransfer.files[0]); });`;
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'",
};

app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  protocol.handle('app', (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== 'fixture') return new Response('', { status: 404 });
    if (pathname === '/page.js')
      return new Response(script, { headers: { ...headers, 'content-type': 'text/javascript' } });
    return new Response(page, { headers: { ...headers, 'content-type': 'text/html' } });
  });
  ipcMain.handle('echo', (_event, ...args) => args);
  ipcMain.handle('sender', (event) => ({ url: event.senderFrame.url, top: event.senderFrame.parent === null }));
  ipcMain.handle('fail', () => {
    throw Object.assign(new TypeError('not today'), { code: 'E_CODE' });
  });
  ipcMain.handle('uncloneable', () => () => 1);
  const preload = process.env.FIXTURE_PRELOAD ?? path.join(__dirname, 'preload.cjs');
  const window = new BrowserWindow({ width: 900, height: 640, show: false, webPreferences: { preload } });
  global.preloadErrors = [];
  window.webContents.on('preload-error', (_event, file, error) =>
    global.preloadErrors.push({ file, message: error.message }),
  );
  window.once('ready-to-show', () => window.show());
  window.loadURL('app://fixture/index.html').catch(() => undefined);
});
