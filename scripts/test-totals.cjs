// Sums jest's own reports (--json --outputFile) into one line: "N passed, N failed", and skipped ones if there are any.
// A report that is missing, and a test file that could not be run, count as failed. Runs on any Node >= 20.
'use strict';

const fs = require('node:fs');

/** @returns {{ passed: number, failed: number, skipped: number }} */
function totalsOf(file) {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const totals = process.argv.slice(2).map(totalsOf);
const sum = (key) => totals.reduce((total, one) => total + one[key], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
