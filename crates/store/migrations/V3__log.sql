-- The log, packed.
SELECT 1;
