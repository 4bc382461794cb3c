// @vitest-environment node
// The steps of connecting, and what a person answers on the last one.
import { expect, test } from 'vitest';
import { answersOf, type Question, returnProblem, stepOf } from './model.ts';

test('the step follows from what stands', () => {
  const tenants = [{ id: 't', name: 'Trial' }];
  expect(stepOf({ state: 'NONE', tenantId: null, tenants: [] }, undefined)).toBe('begin');
  expect(stepOf({ state: 'CHOOSING', tenantId: null, tenants }, undefined)).toBe('choose');
  expect(stepOf({ state: 'CHOOSING', tenantId: 't', tenants }, undefined)).toBe('confirm');
  expect(stepOf({ state: 'PAUSED', tenantId: 't', tenants: [] }, undefined)).toBe('connected');
});

test('coming back from Xero one chooses again, also when access to the former tenant is gone', () => {
  const tenants = [{ id: 't', name: 'Trial' }];
  expect(stepOf({ state: 'CHOOSING', tenantId: 't', tenants }, 'choose')).toBe('choose');
  expect(stepOf({ state: 'CHOOSING', tenantId: 'gone', tenants }, undefined)).toBe('choose');
});

test('what was picked counts over what was proposed, and open questions are left out', () => {
  const question: Question = {
    id: 'goods',
    kind: 'account',
    label: 'Sales',
    chosen: '200',
    chosenBy: 'proposal',
    held: 0,
    options: [],
  };
  const open: Question = { ...question, id: 'carriage', chosen: '' };
  expect(answersOf([question, open], {})).toEqual([{ id: 'goods', value: '200' }]);
  expect(answersOf([question, open], { goods: '260', carriage: '425' })).toEqual([
    { id: 'goods', value: '260' },
    { id: 'carriage', value: '425' },
  ]);
});

test('coming back without permission says so', () => {
  expect(returnProblem('access_denied')).toContain('Permission was not given');
  expect(returnProblem(undefined)).toBeUndefined();
});
