ALTER TABLE ONLY public.customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger.accounts
    ADD CONSTRAINT accounts_customer FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE CASCADE,
    ADD CONSTRAINT one_of_a_kind UNIQUE (customer_id, kind);
CREATE INDEX IF NOT EXISTS by_time ON transfers USING btree (at DESC, source);
CREATE UNIQUE INDEX lower_mail ON customers (lower(email));
CREATE INDEX ON customers ("Full Name");
ALTER TABLE customers ALTER COLUMN score SET NOT NULL, ALTER COLUMN score SET DEFAULT 1, ALTER ref TYPE text USING ref::text;
ALTER TABLE customers ADD COLUMN IF NOT EXISTS phone varchar(20) UNIQUE, ADD nickname text;
ALTER TABLE customers DROP COLUMN IF EXISTS nickname;
ALTER TABLE customers ALTER tags DROP DEFAULT;
ALTER TABLE customers RENAME COLUMN data TO extra;
ALTER TABLE customers OWNER TO postgres;
COPY customers (email) FROM stdin;
\.
