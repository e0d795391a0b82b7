CREATE SCHEMA ledger;
CREATE TYPE mood AS ENUM ('calm', 'busy');

CREATE FUNCTION touch() RETURNS trigger AS $body$
BEGIN
  -- CREATE TABLE inside (id int);
  NEW.changed := now();
  RETURN NEW;
END;
$body$ LANGUAGE plpgsql;
