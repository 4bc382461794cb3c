#!/bin/sh
# Stands where Prisma would put its native schema engine: fails loudly, so that no command passes having done nothing.
echo "No native schema engine here: use 'npm run migration' (prisma/src/migrate.ts)." >&2
exit 1
