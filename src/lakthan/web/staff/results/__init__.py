"""The pages about what is agreed, decided and reached: decisions, agreements, scores, requests, the summary."""
