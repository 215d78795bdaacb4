import { gapsOf } from '../gaps.ts';

export const qualysGap = gapsOf('qualys');
