-- Members who sign in.
SELECT 1;
