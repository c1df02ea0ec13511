// A utility process of the fixture app: answers what it is sent, and says what it sees of Electron.
process.parentPort.on('message', ({ data, ports }) => {
  if (data === 'leave') process.exit(7);
  const electron = require('electron');
  let lacking = '';
  try {
    electron.app.quit();
  } catch (error) {
    lacking = error.message;
  }
  process.stdout.write('heard\n');
  process.parentPort.postMessage({
    data,
    ports: ports.length,
    type: process.type,
    lacking,
    args: process.argv.slice(2),
  });
});
