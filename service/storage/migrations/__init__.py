"""The history of the tables, one file a step; `service.storage.database` runs what is missing at every start."""
