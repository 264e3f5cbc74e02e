--
-- PostgreSQL database dump
--


-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: identity_broker; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA identity_broker;


--
-- Name: refuse_change(); Type: FUNCTION; Schema: identity_broker; Owner: -
--

CREATE FUNCTION identity_broker.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'an audit event is never changed'; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.account (
    id uuid NOT NULL,
    made timestamp with time zone NOT NULL
);


--
-- Name: account_grant; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.account_grant (
    id uuid NOT NULL,
    account uuid NOT NULL,
    client text NOT NULL,
    provider text NOT NULL,
    opened timestamp with time zone NOT NULL,
    expiry timestamp with time zone NOT NULL,
    is_revoked boolean NOT NULL,
    version bigint NOT NULL,
    details text NOT NULL
)
WITH (fillfactor='80');


--
-- Name: account_identity; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.account_identity (
    id bigint NOT NULL,
    account uuid NOT NULL,
    issuer text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    provider text NOT NULL,
    alternate_identifiers text NOT NULL,
    claims text NOT NULL,
    first_login timestamp with time zone NOT NULL,
    last_login timestamp with time zone NOT NULL
)
WITH (fillfactor='80');


--
-- Name: account_identity_id_seq; Type: SEQUENCE; Schema: identity_broker; Owner: -
--

ALTER TABLE identity_broker.account_identity ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME identity_broker.account_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: audit_event; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.audit_event (
    id bigint NOT NULL,
    login uuid NOT NULL,
    began timestamp with time zone NOT NULL,
    duration interval NOT NULL,
    provider text NOT NULL,
    provider_type text,
    credential_kind text NOT NULL,
    issuer text,
    subject text,
    failure text,
    credential text NOT NULL,
    upstream_code text,
    notices text[] NOT NULL,
    action text DEFAULT 'login'::text NOT NULL,
    client text,
    recorded timestamp with time zone
);


--
-- Name: audit_event_id_seq; Type: SEQUENCE; Schema: identity_broker; Owner: -
--

ALTER TABLE identity_broker.audit_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME identity_broker.audit_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: key_ring; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.key_ring (
    id integer NOT NULL,
    version bigint NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT key_ring_id_check CHECK ((id = 1))
);


--
-- Name: migration; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.migration (
    number integer NOT NULL,
    name text NOT NULL,
    applied timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: record_owner; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.record_owner (
    owner_kind text NOT NULL COLLATE pg_catalog."C",
    owner_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: reservation; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.reservation (
    key bytea NOT NULL,
    login uuid NOT NULL,
    reserved timestamp with time zone NOT NULL,
    expiry timestamp with time zone NOT NULL,
    is_spent boolean NOT NULL
)
WITH (fillfactor='80');


--
-- Name: store_time; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.store_time (
    id integer NOT NULL,
    believed timestamp with time zone NOT NULL,
    highest timestamp with time zone NOT NULL,
    behind_since timestamp with time zone,
    ahead_since timestamp with time zone,
    ahead_latest timestamp with time zone,
    CONSTRAINT store_time_id_check CHECK ((id = 1))
);


--
-- Name: stored_record; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.stored_record (
    kind text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    expiry timestamp with time zone,
    kept timestamp with time zone,
    owners text NOT NULL,
    body bytea NOT NULL
);


--
-- Data for Name: account; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.account VALUES ('1a57e347-e2c2-4954-a826-f70d8d879669', '2026-01-02 03:04:05+00');
INSERT INTO identity_broker.account VALUES ('ce50cf87-f722-405f-b83f-2ef943cd4e2d', '2026-01-02 03:04:09.5+00');
INSERT INTO identity_broker.account VALUES ('636212e4-5855-4739-a025-039e28bf5b40', '2026-01-02 03:04:11+00');
INSERT INTO identity_broker.account VALUES ('d1fa96a3-b8eb-449e-807e-4e280e3f7c6e', '2026-01-02 03:04:14+00');


--
-- Data for Name: account_grant; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.account_grant VALUES ('dd4605ab-8f9b-4576-9256-5eea20f804ae', '1a57e347-e2c2-4954-a826-f70d8d879669', 'web', 'earlier', '2026-01-02 03:04:05+00', '2126-03-19 03:04:05+00', false, 1, '{"audiences":["https://api.example.com"],"end":3951255845,"refresh":{"current":"JlWuGnwFnaGYVSwfw9ukqhQo2p7mnpGgfbI5Bpto_nE","family":"flW4v6SztrSTZzu4n_0d95Q2g8wZKjJfOnJPJ6MI6aA"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('066cf686-b849-4c37-8a8c-4fbdf8a6f5d5', '1a57e347-e2c2-4954-a826-f70d8d879669', 'web', 'earlier', '2026-01-02 03:04:06.5+00', '2126-03-19 03:04:06.5+00', false, 2, '{"audiences":["https://api.example.com"],"end":3951255846.5,"lastUse":789015848,"refresh":{"current":"vqEuPADoA_c4hMFwUZAf3P6hhDrkTszC0SZmbA04-QU","family":"1x3meY4U80lYCKAwM0C7f2F2WdRKmtaUoCobNrKQs3g","rotation":{"previous":"K3sCbrLWMCiKaUOismV28e7W4PvxGc9r4UrjUHEuB4o","salt":"u49Sncq5n1x4SJRyWsCClzM08D4wlttt+NuUq6pV84I=","time":789015848}},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('bcf0d833-8ec6-4c26-865d-87ab6929aa4c', 'ce50cf87-f722-405f-b83f-2ef943cd4e2d', 'web', 'earlier', '2026-01-02 03:04:09.5+00', '2126-03-19 03:04:09.5+00', true, 2, '{"audiences":["https://api.example.com"],"end":3951255849.5,"refresh":{"current":"Uu6JboTlQ_mRCQerzm79vTKvEVrYmvr-PpWHwy6Qr5Y","family":"HE3g7mCA1Q9JH9l0YiUq5dx6EN2Tg8OvwkrTI9NkQMA"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('25468a8c-858d-49a5-a684-63cb7ab56492', '636212e4-5855-4739-a025-039e28bf5b40', 'web', 'earlier', '2026-01-02 03:04:11+00', '2026-01-02 03:04:12+00', false, 1, '{"audiences":["https://api.example.com"],"end":789015852,"refresh":{"current":"FL9kEUsG7_0tHCc54TCDiwp8B2qzj9NmZkp_63h6VTM","family":"W7R5yhpDYMexlu78pDAy8EPUhiNxQxLYlEXXQ1woCMY"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('79a4beda-2446-4d05-a535-3ad6379af836', 'd1fa96a3-b8eb-449e-807e-4e280e3f7c6e', 'web', 'earlier', '2026-01-02 03:04:14+00', '2126-03-19 03:04:14+00', false, 1, '{"audiences":["https://api.example.com"],"end":3951255854,"refresh":{"current":"owL61WRKt08AILrBGcsl4MtxLKV6mTvl2G02MwgwLcU","family":"CNfBcGlwA9F-SZNMQ97NZ1Z2yrSq_zH5YFgs8Dxu0fY"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('0346c235-35c1-4dd2-9b3c-b07b4b0ead53', '1a57e347-e2c2-4954-a826-f70d8d879669', 'app', 'earlier', '2026-01-02 03:04:14+00', '2126-03-19 03:04:14+00', false, 1, '{"audiences":["https://api.example.com"],"end":3951255854,"refresh":{"current":"n4kf7EZ9KqtRE_k6kGh9dSdbjQ3243uBE2kyeZpq-ks","family":"tqTkybNRbs3NVuBDwxF4tAYzUaEWEXOvQdlApqIYK_g"},"scope":""}');


--
-- Data for Name: account_identity; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (3, 'ce50cf87-f722-405f-b83f-2ef943cd4e2d', 'https://people.example', 'bob', 'earlier', '[]', '{"name":"Bob 张"}', '2026-01-02 03:04:09.5+00', '2026-01-02 03:04:09.5+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (4, '636212e4-5855-4739-a025-039e28bf5b40', 'https://people.example', 'cy', 'earlier', '[]', '{"name":"Cy 张"}', '2026-01-02 03:04:11+00', '2026-01-02 03:04:11+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (5, 'd1fa96a3-b8eb-449e-807e-4e280e3f7c6e', 'https://people.example', 'dee', 'earlier', '[]', '{"name":"Dee 张"}', '2026-01-02 03:04:14+00', '2026-01-02 03:04:14+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (1, '1a57e347-e2c2-4954-a826-f70d8d879669', 'https://people.example', 'ada', 'earlier', '[]', '{"name":"Ada 张"}', '2026-01-02 03:04:05+00', '2026-01-02 03:04:14+00');


--
-- Data for Name: audit_event; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (1, '7735cfbb-e39e-4679-b087-07396b11a250', '2026-01-02 03:04:05+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (2, '05f15d46-665b-4746-a181-988b6e0d10c3', '2026-01-02 03:04:06.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (3, '0d94b4b5-a8da-4146-8e27-4d9746171dcb', '2026-01-02 03:04:08+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', '1a57e347-e2c2-4954-a826-f70d8d879669', NULL, 'spent', NULL, '{}', 'refresh', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (4, 'b4296b70-29c7-4e95-9bd4-cea3c3acd4dc', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'bob', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (5, '025c697e-588e-4bcd-8350-fd10e2eba96a', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', 'ce50cf87-f722-405f-b83f-2ef943cd4e2d', NULL, 'spent', NULL, '{}', 'revoke', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (6, 'b0e4f8d5-7170-4145-8026-0036cffc790f', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'cy', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (7, 'd38ae600-07cb-4299-a9ff-5434f26078a1', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', NULL, 'invalid_credential', 'unused', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (8, 'd1a787f8-d8d4-4bfd-b2d7-60bd1d059211', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'dee', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (9, 'c2b891ce-49a6-473b-ac1f-189a04518014', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (10, 'c2b891ce-49a6-473b-ac1f-189a04518014', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);


--
-- Data for Name: key_ring; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.key_ring VALUES (1, 2, '\x02000000574f4f5f64434b4263506164684b6873584b697a694a436651445a4a5f75696e75745841575669444e3155510a7a446e5f776d425069314b367a6d46386b51674551435a35446f71674648764335484b457a347557694e3861222044c066d298aa3be07ceabed6963555d651be9acb113ca8d29c4e394daef5ecb288c3959dc7f070fd3db11aa401403af547513ff64ee508dc938d0899ba5e26f6a7f4b66efb5aa470928166fea8bddb2e73aa82fc115c6d647c7291a6c57e1598500d5956b498f85dcf29dce6a5c78ff4396451d444b19cd33c00d76ba6efb206f872f8336580b96eca14c6fe9b3a036b600a3558c5129bb5610782fb5076bd584dba0b99525292fe672c98430a0263b627506ae853718c08954b0f496ceca9821435366cc549ebd012070e7c39182ecd290250fb52b0d6c786b154275ee31341a55cd8c3eb9646a76aada72662377773c624ffd373c0c123905b145220376fb69890d4d7dbac65e420ec51c1c2a3b77e1be799352bc9607e49cc760f55124b237bb964094f7debeb94669d789add178207de6c77915b1014efe07fb5520babe6b8');


--
-- Data for Name: migration; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.migration VALUES (1, 'reservations and audit events', '2026-11-30 19:58:39.510556+00');
INSERT INTO identity_broker.migration VALUES (2, 'accounts, grants and the key ring', '2026-11-30 19:58:39.510556+00');
INSERT INTO identity_broker.migration VALUES (3, 'the store''s time', '2026-11-30 19:58:39.510556+00');
INSERT INTO identity_broker.migration VALUES (4, 'records', '2026-11-30 19:58:39.510556+00');


--
-- Data for Name: record_owner; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', 'bd87b2cda99df5b642ac9c0a97d3bc76f9921e2cce16058faa44bc954dbb065f');
INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', '57371aca58aaf804a0eb0fad7039c80a1cd53f85d29bf276a21388ec1be58fce');


--
-- Data for Name: reservation; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.reservation VALUES ('\xf9378976a95918ede42c9b28ace50dc6f933e6dec6c0b1944c38e327ed887ea7', '7735cfbb-e39e-4679-b087-07396b11a250', '2026-01-02 03:04:05+00', '2026-01-03 04:04:05+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xabca89dee9b90ffe6b9c342fd291733519a141af9c22c9ac4407b110f990a129', '05f15d46-665b-4746-a181-988b6e0d10c3', '2026-01-02 03:04:06.5+00', '2026-01-03 04:04:06.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x47355f790d7b9771ba586fe0bd239ed9166a588a273ed6bbc90f34f63dea8d36', 'b4296b70-29c7-4e95-9bd4-cea3c3acd4dc', '2026-01-02 03:04:09.5+00', '2026-01-03 04:04:09.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0cd33d05d9d855765085a896f84fe1db11c7f5e8667800025f05dfe5aa60d41b', 'b0e4f8d5-7170-4145-8026-0036cffc790f', '2026-01-02 03:04:11+00', '2026-01-03 04:04:11+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xee96d3da9c347a884020b0d510a318ecfbd56f3ae3d3638a53b401652ee56795', 'd1a787f8-d8d4-4bfd-b2d7-60bd1d059211', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xb3c8299124cd53623c1574f922ed30755ec3bf14217ac2df7e06f3da5cc26981', 'c2b891ce-49a6-473b-ac1f-189a04518014', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0101010101010101010101010101010101010101010101010101010101010101', '01000000-0000-4000-8000-000000000001', '2026-01-02 03:04:14+00', '2096-10-02 07:06:40+00', false);


--
-- Data for Name: store_time; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.store_time VALUES (1, '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', NULL, NULL, NULL);


--
-- Data for Name: stored_record; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.stored_record VALUES ('nonce', 'b423ab0e55e94a33e8cfbf5fc2e72846bad8da34e15daee8ee8f44ea019c3e6d', 1, '2026-01-02 03:14:14+00', '2026-01-02 03:14:14+00', '', '\x7b7d');
INSERT INTO identity_broker.stored_record VALUES ('note', 'bd87b2cda99df5b642ac9c0a97d3bc76f9921e2cce16058faa44bc954dbb065f', 1, '2096-10-02 07:06:40+00', '2096-10-02 07:06:40+00', 'account:01000000-0000-4000-8000-000000000001', '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
INSERT INTO identity_broker.stored_record VALUES ('note', '57371aca58aaf804a0eb0fad7039c80a1cd53f85d29bf276a21388ec1be58fce', 1, NULL, NULL, 'account:01000000-0000-4000-8000-000000000001', '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
INSERT INTO identity_broker.stored_record VALUES ('note', '3c90c1f5179c346253640629eaf3ec136891fcf831fa3dc22ce111f722507067', 2, NULL, NULL, '', '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');


--
-- Name: account_identity_id_seq; Type: SEQUENCE SET; Schema: identity_broker; Owner: -
--

SELECT pg_catalog.setval('identity_broker.account_identity_id_seq', 6, true);


--
-- Name: audit_event_id_seq; Type: SEQUENCE SET; Schema: identity_broker; Owner: -
--

SELECT pg_catalog.setval('identity_broker.audit_event_id_seq', 10, true);


--
-- Name: account_grant account_grant_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account_grant
    ADD CONSTRAINT account_grant_pkey PRIMARY KEY (id);


--
-- Name: account_identity account_identity_issuer_subject_key; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account_identity
    ADD CONSTRAINT account_identity_issuer_subject_key UNIQUE (issuer, subject);


--
-- Name: account_identity account_identity_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account_identity
    ADD CONSTRAINT account_identity_pkey PRIMARY KEY (id);


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);


--
-- Name: audit_event audit_event_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);


--
-- Name: key_ring key_ring_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.key_ring
    ADD CONSTRAINT key_ring_pkey PRIMARY KEY (id);


--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);


--
-- Name: record_owner record_owner_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.record_owner
    ADD CONSTRAINT record_owner_pkey PRIMARY KEY (owner_kind, owner_id, kind, id);


--
-- Name: reservation reservation_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.reservation
    ADD CONSTRAINT reservation_pkey PRIMARY KEY (key);


--
-- Name: store_time store_time_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.store_time
    ADD CONSTRAINT store_time_pkey PRIMARY KEY (id);


--
-- Name: stored_record stored_record_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.stored_record
    ADD CONSTRAINT stored_record_pkey PRIMARY KEY (kind, id);


--
-- Name: account_grant_by_account; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX account_grant_by_account ON identity_broker.account_grant USING btree (account);


--
-- Name: account_grant_by_expiry; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX account_grant_by_expiry ON identity_broker.account_grant USING btree (expiry);


--
-- Name: account_identity_by_account; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX account_identity_by_account ON identity_broker.account_identity USING btree (account);


--
-- Name: audit_event_by_time; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX audit_event_by_time ON identity_broker.audit_event USING btree (began);


--
-- Name: record_owner_by_record; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX record_owner_by_record ON identity_broker.record_owner USING btree (kind, id);


--
-- Name: reservation_by_expiry; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX reservation_by_expiry ON identity_broker.reservation USING btree (expiry);


--
-- Name: stored_record_by_expiry; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX stored_record_by_expiry ON identity_broker.stored_record USING btree (kept) WHERE (kept IS NOT NULL);


--
-- Name: audit_event audit_event_is_append_only; Type: TRIGGER; Schema: identity_broker; Owner: -
--

CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE ON identity_broker.audit_event FOR EACH STATEMENT EXECUTE FUNCTION identity_broker.refuse_change();


--
-- Name: account_grant account_grant_account_fkey; Type: FK CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account_grant
    ADD CONSTRAINT account_grant_account_fkey FOREIGN KEY (account) REFERENCES identity_broker.account(id);


--
-- Name: account_identity account_identity_account_fkey; Type: FK CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account_identity
    ADD CONSTRAINT account_identity_account_fkey FOREIGN KEY (account) REFERENCES identity_broker.account(id);


--
-- Name: record_owner record_owner_kind_id_fkey; Type: FK CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.record_owner
    ADD CONSTRAINT record_owner_kind_id_fkey FOREIGN KEY (kind, id) REFERENCES identity_broker.stored_record(kind, id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--


