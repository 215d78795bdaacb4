import { gapsOf } from '../gaps.ts';

export const directoryGap = gapsOf('directory');
