import { accessDenied } from '../replies.ts';
import { paged } from './paging.ts';
import type { Answer, Route } from './route.ts';

/** Addresses that a verifier may ask and this world has nothing for: empty lists, and ids that are not there. */
const nothing: Answer = (ask) => paged(ask, []);
const notThere: Answer = () => accessDenied;

const reports = ['View Reports'];
const policies = ['View Secret Policy'];

export const unusedRoutes: Route[] = [
  { path: '/v1/security-audit-logs', needs: ['View Configuration Security'], answer: nothing },
  { path: '/v1/reports', needs: reports, answer: nothing },
  { path: '/v1/reports/lookup', needs: reports, answer: nothing },
  { path: '/v1/reports/{id}', needs: reports, answer: notThere },
  { path: '/v1/reports/{id}/defaultparameters', needs: reports, answer: notThere },
  { path: '/v1/secret-policy/search', needs: policies, answer: nothing },
  { path: '/v2/secret-policy/{id}', needs: policies, generations: ['11.2', '2026'], answer: notThere },
  { path: '/v1/secret-policy/{id}/audit', needs: policies, answer: notThere },
  { path: '/v1/secret-policy/{id}/status', needs: policies, answer: notThere },
];
