"""The gate: a policy beside the findings, one result for each rule, one outcome for continuous integration."""
