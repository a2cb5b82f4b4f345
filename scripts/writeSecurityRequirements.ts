import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTests } from './securityRequirements/findTests.ts';
import { renderDocument } from './securityRequirements/renderDocument.ts';

// Makes docs/security-requirements.md from the titles of the tests: node scripts/writeSecurityRequirements.ts

const root = join(import.meta.dirname, '..');
writeFileSync(join(root, 'docs', 'security-requirements.md'), renderDocument(findTests(root)));
