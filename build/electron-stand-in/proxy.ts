/** What the system's proxy variables say for an address, in the words of `session.resolveProxy`. */
export function proxyFor(url: string, env: NodeJS.ProcessEnv = process.env): string {
  const { protocol, hostname } = new URL(url);
  const exempt = (env.no_proxy ?? env.NO_PROXY ?? '').split(',').map((host) => host.trim().replace(/^\*?\./, ''));
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return 'DIRECT';
  if (exempt.some((host) => host === '*' || (host !== '' && (hostname === host || hostname.endsWith(`.${host}`))))) {
    return 'DIRECT';
  }
  const secure = env.https_proxy ?? env.HTTPS_PROXY;
  const plain = env.http_proxy ?? env.HTTP_PROXY;
  const named = (protocol === 'https:' ? secure : plain) ?? env.all_proxy ?? env.ALL_PROXY;
  if (named === undefined || named === '' || !URL.canParse(named)) return 'DIRECT';
  const proxy = new URL(named);
  const kind = proxy.protocol === 'https:' ? 'HTTPS' : proxy.protocol.startsWith('socks') ? 'SOCKS5' : 'PROXY';
  return `${kind} ${proxy.hostname}:${proxy.port || (proxy.protocol === 'https:' ? '443' : '80')}`;
}
