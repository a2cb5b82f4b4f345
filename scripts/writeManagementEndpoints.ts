import { readFileSync, writeFileSync } from 'node:fs';
import { documentFile, withTable } from './managementEndpoints/document.ts';

// Brings the Management API's endpoints in docs/compatibility.md up to date: node scripts/writeManagementEndpoints.ts

writeFileSync(documentFile, await withTable(readFileSync(documentFile, 'utf8')));
