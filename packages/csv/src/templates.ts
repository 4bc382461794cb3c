// The list of templates: one line each.
import { onlineRetail } from './online-retail.ts';
import type { Template } from './template.ts';

export const templates: readonly Template[] = [onlineRetail];

export function templateOf(name: string): Template | undefined {
  return templates.find((template) => template.name === name);
}
