const { contextBridge, ipcRenderer, webUtils } = require('electron');

contextBridge.exposeInMainWorld('fixture', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  invokeUncloneable: (kind) => {
    const values = {
      function: () => 1,
      promise: Promise.resolve(1),
      symbol: Symbol('s'),
      weakMap: new WeakMap(),
      proxy: new Proxy({}, {}),
      blob: new Blob(['x']),
      file: new File(['x'], 'x'),
      element: document.body,
    };
    return ipcRenderer.invoke('echo', values[kind]);
  },
  invokeRich: () =>
    ipcRenderer.invoke('echo', [
      new Map([[1, new Set(['a'])]]),
      new Date(5),
      10n,
      undefined,
      Number.NaN,
      -0,
      /x/g,
      new Uint8Array([1, 2]),
    ]),
  pathOf: async (file) => (await ipcRenderer.invoke('echo', { deep: [webUtils.getPathForFile(file)] }))[0].deep[0],
  pathOfWrong: () => webUtils.getPathForFile('nothing'),
  isPathEmpty: (file) => webUtils.getPathForFile(file) === '',
  onTick: (listener) => {
    const hear = (_event, n) => listener(n);
    ipcRenderer.on('tick', hear);
    return () => ipcRenderer.off('tick', hear);
  },
  nested: { list: [1, { deep: true }], at: new Date(7) },
  throwError: () => {
    throw Object.assign(new RangeError('only this'), { code: 'X' });
  },
  throwText: () => {
    throw 'text';
  },
});
