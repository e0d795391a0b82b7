"""Tables and statements of SQL: what recipes about databases share."""
