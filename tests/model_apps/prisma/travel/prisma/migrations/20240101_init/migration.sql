CREATE TABLE "accounts" ("id" SERIAL NOT NULL, "email" VARCHAR(254) NOT NULL, CONSTRAINT "accounts_pkey" PRIMARY KEY ("id"));
