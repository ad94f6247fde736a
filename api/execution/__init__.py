"""From a document to its answer: limits, validation, plan, cost, and the executor that loads rows level by level."""
