#!/usr/bin/env node
// The command `xero-sandbox`: runs the built sandbox.
await import('./dist/src/main.js');
