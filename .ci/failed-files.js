// Prints the test files that failed, one a line, from the JSON report of vitest; nothing when there is no report.
import { readFileSync } from 'node:fs';

const report = readFileSync(process.argv[2], 'utf8');
const { testResults = [] } = report ? JSON.parse(report) : {};
for (const { name, status } of testResults) if (status === 'failed') console.log(name);
