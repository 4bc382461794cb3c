// What the package offers to programs that run a sandbox within themselves.
export { createSandbox, defaultClient, type Sandbox, type SandboxOptions } from './sandbox.ts';
