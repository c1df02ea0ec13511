import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';

/** Segue's colour, from darkest to lightest; 80 reads on white, 100 and up on dark grounds. */
const brand: BrandVariants = {
  10: '#001619',
  20: '#00262b',
  30: '#00343b',
  40: '#00424b',
  50: '#00505b',
  60: '#005f6b',
  70: '#006d7b',
  80: '#007a89',
  90: '#1a8b99',
  100: '#3a9ca9',
  110: '#55adb8',
  120: '#70bdc7',
  130: '#8ccdd5',
  140: '#a8dce2',
  150: '#c4ebef',
  160: '#e2f7f9',
};

export const lightTheme: Theme = createLightTheme(brand);
export const darkTheme: Theme = {
  ...createDarkTheme(brand),
  colorBrandForeground1: brand[120],
  colorBrandForeground2: brand[130],
  // Links stand on rows that are lighter under the pointer.
  colorBrandForegroundLink: brand[120],
  colorBrandForegroundLinkHover: brand[130],
  colorBrandForegroundLinkPressed: brand[110],
  colorBrandForegroundLinkSelected: brand[120],
  colorCompoundBrandForeground1: brand[120],
  colorCompoundBrandStroke: brand[110],
};
