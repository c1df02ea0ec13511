/** A red dot of 32 pixels as PNG in base64, so that it is found in any package: what Windows lays over Segue's icon. */
export const overlayDot =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAAwElEQVR42u2XwQ3DIAxF2cDdwCswAqOxASP5xDmjMAJtJSNVleqQJsY+' +
  '5PCEFMX5TyKACRUwWBJugYMF8TXmCkgVsFXAzjR+lvmdywUSB/RJiGtOCzwqYDkQ/E3hb/wl8C7cToQPNklCO3xX4pdAuTD8czqmBJJC' +
  '+CDNCJCiAO0JRMXwQZQE8gKBLAnQAgGSBNoCgSYJ9EX4FTCfAvOf0HwZmm9E5luxi8PI/Dh20ZCYt2QumlIXbbmbi8l9N1TjCWUH3PgI' +
  'TX5vAAAAAElFTkSuQmCC';
