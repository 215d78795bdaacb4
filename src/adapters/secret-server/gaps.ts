import { gapsOf } from '../gaps.ts';

export { vendorWords } from '../http/vendor-words.ts';

export const vaultGap = gapsOf('secret-server');
