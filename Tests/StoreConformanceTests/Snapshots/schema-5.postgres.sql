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

INSERT INTO identity_broker.account VALUES ('fc130c9f-7e1d-4f13-a641-3642439b242e', '2026-01-02 03:04:05+00');
INSERT INTO identity_broker.account VALUES ('b5246bc2-59f9-4475-9b76-d136779d4297', '2026-01-02 03:04:09.5+00');
INSERT INTO identity_broker.account VALUES ('a4e04e03-f0e8-460f-97e3-3c1bb9aa465b', '2026-01-02 03:04:11+00');
INSERT INTO identity_broker.account VALUES ('9eaf1864-81a8-4f9f-9f1e-d463f14ceb16', '2026-01-02 03:04:14+00');


--
-- Data for Name: account_grant; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.account_grant VALUES ('076cb6c6-c0c6-4406-8b13-7ce05bee6025', 'fc130c9f-7e1d-4f13-a641-3642439b242e', 'web', 'earlier', '2026-01-02 03:04:05+00', '2126-03-19 03:04:05+00', false, 1, '{"audiences":["https://api.example.com"],"end":3951255845,"refresh":{"current":"VnFDORbezzK2eODhf_ByEM1ll_DdNe2gRMY9Nrsv1Uo","family":"QG9camUYHOCFGL28Jqpxrz6uYthfxN91litjcC-SYX0"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('083029a0-d284-4691-b125-6f88ad32537e', 'fc130c9f-7e1d-4f13-a641-3642439b242e', 'web', 'earlier', '2026-01-02 03:04:06.5+00', '2126-03-19 03:04:06.5+00', false, 2, '{"audiences":["https://api.example.com"],"end":3951255846.5,"lastUse":789015848,"refresh":{"current":"7hp6s6Uh14SC2tRWpiffMFCLshS7UWHmmEtsSqJD1bE","family":"wKXHklkan9U5Gb1JHTBIW9OYxBKZMxt5vZtzfsiHAc8","rotation":{"previous":"m_U_2KgbwyvqEg7RpngVtdA6QgZsx3L9-M3dAiTRIv0","salt":"hEJD8SPFYbVo3Zk8Aul+Z+/jhzxzHhDqzAbuA+HQdUI=","time":789015848}},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('bc98921e-08da-499e-b1c3-9b9dedda8283', 'b5246bc2-59f9-4475-9b76-d136779d4297', 'web', 'earlier', '2026-01-02 03:04:09.5+00', '2126-03-19 03:04:09.5+00', true, 2, '{"audiences":["https://api.example.com"],"end":3951255849.5,"refresh":{"current":"Zl4uJDtfHNF2dsVj3UkO-8o8GO1-IDwULQJlm-Jmp-U","family":"JyYb9cA3OZxX1FAZpxvasidFBWItUThDe71_SaeAo24"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('3d641fb7-0ad7-4725-97a6-fde4c9723283', 'a4e04e03-f0e8-460f-97e3-3c1bb9aa465b', 'web', 'earlier', '2026-01-02 03:04:11+00', '2026-01-02 03:04:12+00', false, 1, '{"audiences":["https://api.example.com"],"end":789015852,"refresh":{"current":"jt4b2GkfpLfKQe9lpwY6BvmrJHyvGHhRw_NgPx5Vpt0","family":"-MGOMQNRb0WFaY4HwVWGD3d4dpdkx4BxhUe7-x-MdyU"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('c464ebc4-830e-48bd-a8d1-e1f5c7794c00', '9eaf1864-81a8-4f9f-9f1e-d463f14ceb16', 'web', 'earlier', '2026-01-02 03:04:14+00', '2126-03-19 03:04:14+00', false, 1, '{"audiences":["https://api.example.com"],"end":3951255854,"refresh":{"current":"TPSzN5fTxG0--sEpTByZG-WZ8E5z9kQTTln6p38BSWc","family":"u7LMYtD594S-FW0qmiwUuJtHJeSYZvo6IPNxz9_cF_s"},"scope":""}');
INSERT INTO identity_broker.account_grant VALUES ('4f91992e-e452-435a-a989-ccdc86284d5e', 'fc130c9f-7e1d-4f13-a641-3642439b242e', 'app', 'earlier', '2026-01-02 03:04:14+00', '2126-03-19 03:04:14+00', false, 1, '{"audiences":["https://api.example.com"],"end":3951255854,"refresh":{"current":"ZiP5KgnpsFG76l1VeLK1RF_dO76QBwPw4EYv6vZgKbY","family":"jFeP7EKqM6h8SnOBp1HCL14bHrr0213CY83daroRr2k"},"scope":""}');


--
-- Data for Name: account_identity; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (3, 'b5246bc2-59f9-4475-9b76-d136779d4297', 'https://people.example', 'bob', 'earlier', '[]', '{"name":"Bob 张"}', '2026-01-02 03:04:09.5+00', '2026-01-02 03:04:09.5+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (4, 'a4e04e03-f0e8-460f-97e3-3c1bb9aa465b', 'https://people.example', 'cy', 'earlier', '[]', '{"name":"Cy 张"}', '2026-01-02 03:04:11+00', '2026-01-02 03:04:11+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (5, '9eaf1864-81a8-4f9f-9f1e-d463f14ceb16', 'https://people.example', 'dee', 'earlier', '[]', '{"name":"Dee 张"}', '2026-01-02 03:04:14+00', '2026-01-02 03:04:14+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (1, 'fc130c9f-7e1d-4f13-a641-3642439b242e', 'https://people.example', 'ada', 'earlier', '[]', '{"name":"Ada 张"}', '2026-01-02 03:04:05+00', '2026-01-02 03:04:14+00');


--
-- Data for Name: audit_event; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (1, '151fb9ea-666d-4a32-abbc-d5b8211a6018', '2026-01-02 03:04:05+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (2, '267ea6d8-9e0a-48b7-8e48-84cc9f3feebb', '2026-01-02 03:04:06.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (3, 'b158a6b0-bc48-496b-9bc9-d6554e641eaf', '2026-01-02 03:04:08+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', 'fc130c9f-7e1d-4f13-a641-3642439b242e', NULL, 'spent', NULL, '{}', 'refresh', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (4, '807e1e1e-ea43-4814-affa-12b78b12b2eb', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'bob', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (5, '6e67141d-9673-47e2-8fba-d7b03e5fd94d', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', 'b5246bc2-59f9-4475-9b76-d136779d4297', NULL, 'spent', NULL, '{}', 'revoke', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (6, 'c9390299-8370-40e0-9c71-93e8b3307c5c', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'cy', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (7, 'a3734a9f-8c34-48ca-a497-6dcc099403a8', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', NULL, 'invalid_credential', 'unused', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (8, 'db4f19b5-d4ef-48c8-9c4e-744c6529d084', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'dee', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (9, '1ed88a78-3a94-4454-a047-308045e4cf1e', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (10, '1ed88a78-3a94-4454-a047-308045e4cf1e', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);


--
-- Data for Name: migration; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.migration VALUES (1, 'reservations and audit events', '2026-11-30 21:16:59.847042+00');
INSERT INTO identity_broker.migration VALUES (2, 'accounts, grants and the key ring', '2026-11-30 21:16:59.847042+00');
INSERT INTO identity_broker.migration VALUES (3, 'the store''s time', '2026-11-30 21:16:59.847042+00');
INSERT INTO identity_broker.migration VALUES (4, 'records', '2026-11-30 21:16:59.847042+00');
INSERT INTO identity_broker.migration VALUES (5, 'the key ring as a record', '2026-11-30 21:16:59.847042+00');


--
-- Data for Name: record_owner; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', 'bd87b2cda99df5b642ac9c0a97d3bc76f9921e2cce16058faa44bc954dbb065f');
INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', '57371aca58aaf804a0eb0fad7039c80a1cd53f85d29bf276a21388ec1be58fce');


--
-- Data for Name: reservation; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.reservation VALUES ('\xf9378976a95918ede42c9b28ace50dc6f933e6dec6c0b1944c38e327ed887ea7', '151fb9ea-666d-4a32-abbc-d5b8211a6018', '2026-01-02 03:04:05+00', '2026-01-03 04:04:05+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xabca89dee9b90ffe6b9c342fd291733519a141af9c22c9ac4407b110f990a129', '267ea6d8-9e0a-48b7-8e48-84cc9f3feebb', '2026-01-02 03:04:06.5+00', '2026-01-03 04:04:06.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x47355f790d7b9771ba586fe0bd239ed9166a588a273ed6bbc90f34f63dea8d36', '807e1e1e-ea43-4814-affa-12b78b12b2eb', '2026-01-02 03:04:09.5+00', '2026-01-03 04:04:09.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0cd33d05d9d855765085a896f84fe1db11c7f5e8667800025f05dfe5aa60d41b', 'c9390299-8370-40e0-9c71-93e8b3307c5c', '2026-01-02 03:04:11+00', '2026-01-03 04:04:11+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xee96d3da9c347a884020b0d510a318ecfbd56f3ae3d3638a53b401652ee56795', 'db4f19b5-d4ef-48c8-9c4e-744c6529d084', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xd51229ed22acab590052065c4365537e9f4b58812bc77c3f6d5f8e98cfd898b9', '1ed88a78-3a94-4454-a047-308045e4cf1e', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0101010101010101010101010101010101010101010101010101010101010101', '01000000-0000-4000-8000-000000000001', '2026-01-02 03:04:14+00', '2096-10-02 07:06:40+00', false);


--
-- Data for Name: store_time; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.store_time VALUES (1, '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', NULL, NULL, NULL);


--
-- Data for Name: stored_record; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.stored_record VALUES ('key_ring', 'current', 2, NULL, NULL, '', '\x020000005766656e746971452d416b375f384a66344e4f6d5454613147796b49775633412d6c6f4e4a4d5774454546340a4756344d4e6c5a6e4d347836726e4c4f575f47714d68662d4572544a63504e334c6c714c4270476c327863aa19661e665d97c528e5b33d10d3f2b0c56541b57f7395b3735763a8eeb03124806b0dbef541344d4b89aa29bcfc2fdbf3e6b0e81bfdb2c3a3380823a6f76af2b44d2f3a9056a1c94d25fcaa7b24d392f14b8b8890da9a5272a6581da6bbaed96e30e6543791c6d3c53579dad5a8cd300f50309ee6f37150bfdbb16b2d678e3a022f0d7e9dac85d6879a793fdf928fc4e48aee4521c0d1a3ff619dc3d32c074820c912c7c1ba412a7479017ee4c998abe2886e203401fe937f692e03bf940cbca3d9e828da85230e57a0bc267003a34c5ad60dd9fb6d4bd4393c2f51d3738bb275a875c064fcf945b394f991ba970118b35263e686f9016c2ad478d72fe20e820f8db145f6447ade27fe5c8e43f86641fb8f14ee79d89445c25db3a655c81a21c81c5d9afc33e302a58c78a8d61d5956ecb38923bec5b84b8a92679b796a8a895956ee66');
INSERT INTO identity_broker.stored_record VALUES ('nonce', 'b430a916d3cdd117349ee8261737d543442c398c25628c49068afcf4ac40b5ec', 1, '2026-01-02 03:14:14+00', '2026-01-02 03:14:14+00', '', '\x7b7d');
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


