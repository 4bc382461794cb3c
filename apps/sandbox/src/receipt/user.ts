// The one person that every organisation has, to whom receipts belong.
export const builtInUser = {
  id: '5a1d0c5e-0000-4000-8000-000000000001',
  email: 'owner@sandbox.example',
  firstName: 'Sandbox',
  lastName: 'Owner',
  updatedMs: Date.UTC(2020, 0, 1),
} as const;
