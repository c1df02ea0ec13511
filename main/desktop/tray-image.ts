// Segue's sign as PNG in base64, so that it is found in any package: build/icons/png, which a test holds it to.

export const traySize16 =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAACGUlEQVR4nHxTS2gTURQ9L522GuonxmLAiEKKgeLGRaWgA9GldCGC' +
  'UAURF0IaXSjWhVip7oVi8LMRKWJcdCWI/RDa0lJKf4umH0poaJMWSmlJP/Sz6LyZ6X2ZTJJJOh3mzZ133/2ce+59EqCz6pbpkKap' +
  'Qaapfl3l5dA1elXQHprKwcSeJAyp0D6hc/5jq/1BGzv/LvaSDtrIMuNUKM2VczZ1+WBvJfoJWoxKMx6nD0rkfKWqAnhS54GzgpFS' +
  'x4HCEVvaRu/sWkmQIumR6FMZ8LnwoeEyip+fgym8/j2ZMcbRiCqZu3lYFwie1l/AyXIDwZkTDjy+eYkQlUH+2IeZVDrvbHKUDSoQ' +
  'YHdfQzi6aMmwurmP1vu1kP3nMJNctxApuDC748ixWyjpcCi+linjqucUZeX49qwe9+q8efhZ4iU71mMLaWhUzo0aN9xU48NbPjyS' +
  'fXBKDJH+uVwyh8W5oDaFUyeSG6j1nsU172kEvw8IevC1KYBGuSY3H8zV1Knb9fnu9Yv48yqAo57bzRFMxFeyHNj0+f/4Iho/RTGV' +
  'TJcEYAIO2TlMY5s+o3NsAfKbDjz/0pspQazQ5y6MzS0bHFAtKYtz0ViLvcspIRy6A0Zj8iLcjV89k0YXOI/TXeDtFLbVrs8iwOaO' +
  'gn8j8+gaTSASjRlcGYT/ZdWhjqqDXaWFAjSQsZ+UEgonruh26iKypiYIXvceL3t/CAAA///y3HE+AAAABklEQVQDAFkPDPODOoDR' +
  'AAAAAElFTkSuQmCC';

export const traySize32 =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAE+klEQVR4nKxXa2wUVRT+ZnZ2pbtLu9vtbtuttSmV1tioFWO6sVgS' +
  'oiX10dAQgwmKYtD4+GEaEf0jFnzEX/LLpIkEDSn+MISEYqQRNGITIYqhARGKUfuArbuFdvtcoZ253p3H3Tuzs9t2YZLJmXPuzJzz' +
  'nXO+c2ckcIev86xPmhc6BJAIkZUGgISIooDqIEShKpWcLug6wNk5ibSMC0Tpp9ppzAt7E1+2JwyfgnER3HWulSwo++jNYRjOdAmL' +
  'tNqtQUJ3zq+ruiqVqAJl+9T+Z4+xAEK7ft+gLCz0woLMiiQbwnzsirLwxNSB544JRe+e8zsdygXquXy5yDPsOZFnBBVVnMn7JKdD' +
  'foHayrOl83Yj5/Sw+J9rqwSFRLSodacwI2XBcBKKxc4hNzkhNs6Nd6d0yBGRighDaqTRSF82Oyx2WO6H+X4+I8y5th6R6EuqjEjD' +
  'RRLeaC5HfblHQ2QcRLueTM7j8r8zOH5hDKf+HM+OXLFkys5OnyHUtxDY+Qsx0vnZ5hpsfiiIpRx9A9fxfNcZTM7dXKTmsvYAs8sq' +
  '9Yx1ka85IQRLPR6tC2D/y2tsEZprzrFDyRxeEl/DT3qHkLwho7bMzdLOSkFFqNCF1aUeFsT6e4N4+sEyHP3tanYWsJrryKnOZ0bi' +
  'azgynsSOQ5dz8nxtbTEOv9kISdSGaNuaMHp+HUEWqpmRmxtQ1cWc3U4yu73v0hjODrJRjsa7A7bO+ZpDz4Rgo4v58PzM3+MsgAp/' +
  'AVwOmHmeo+bWMS/mw/PoxBwLQKCVqAl52Uv9Hie2rV8NX4FkQgqGXDFlQjQhJ0ubcMNjsyZGVAe1uSHRYE6834q92xrR93Ebqko8' +
  'GcELxMwOcbGa2024oWszpgDuDLhVe3N9KWrKVqq2Suq8t/NJGoTb3AMMLOEyoCxxtutyMG4OIEz7IGX/6XyUrk0ze7nfjd7dbagM' +
  'eDLngt4room3i8123T45ewPJmzJz1FBdrNZ0Xpbx1AffIjqe7pFwsQfffbhRy5IOii+7uBzkfLB9F2PMySN1ITTRM2UfoeVpee8I' +
  'DWLWFMTxjzapmTAywNjgf72X5LOfPxOpwuevNZlKMXA1gbHJpHp9h1PEA9VBuCSRrccoe5rf6sbotWmdDYCj4OEtnciCHDn28z9G' +
  'JtB0Tymqgl7moKRwBe4KrlTPioAXDlEwBegtcCJU5EbPzwP6pCU6C5Dffr7l0+9x6lIMyzu0vUUb76kSvPoNQZZvONjMdCa1/VzV' +
  'Uz3Q0lCJugofCt0u1cEKWoL7V6VK4GCu44lZrOs4gCvxKf15GoDvlR5yK/u5YtFT65W0BKmmCwfS5Ylen8Hjbx/EUGxC35i0HhDp' +
  'VexW9nPrbK8s8do6f2xHN4ZjibRz7bmYmPpjsfLcvubmXcxutjvpLD66u93kfHR8Bhve+QrD8UQ67awHSH8qA/3ZqEZyILeb7evq' +
  'K7CqrMjkvGXnQQyOTliR65mV+0UiC11US+S7n/Mb2cnzw/hrVPtWuDI2rdb8H+o8E7l6JmRZ7FKJ6nvp63bq8DDPc7tu5/WM73xd' +
  '+r0ubFpbi0MnL2JiOpl2bnwR6QHQq41zJ/YcYZOicGt3qwhhX+qPxX4iamxIs8Bgh71d1bluV+2aHoWC7XM/7En/nBqH78UvfJh3' +
  'dFByRWi0DRRxKAO5kREOeXa7gVyJa71GTrtk+nv+Yyf7pvsfAAD//9fSKowAAAAGSURBVAMArTXLDAp7z2MAAAAASUVORK5CYII=';
