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

INSERT INTO identity_broker.account VALUES ('d2bfb39f-2e60-44d7-9cbf-f730d05a0c87', '2026-01-02 03:04:05+00');
INSERT INTO identity_broker.account VALUES ('12e012a9-d758-48ae-b975-98e38ad6ed28', '2026-01-02 03:04:09.5+00');
INSERT INTO identity_broker.account VALUES ('94aca2a4-d6b0-4be6-8564-0d2ffecbe12c', '2026-01-02 03:04:11+00');
INSERT INTO identity_broker.account VALUES ('140babd9-fc3f-4bab-a093-8ad8df9223f0', '2026-01-02 03:04:14+00');


--
-- Data for Name: account_identity; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (2, '12e012a9-d758-48ae-b975-98e38ad6ed28', 'https://people.example', 'bob', 'earlier', '[]', '{"name":"Bob 张"}', '2026-01-02 03:04:09.5+00', '2026-01-02 03:04:09.5+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (3, '94aca2a4-d6b0-4be6-8564-0d2ffecbe12c', 'https://people.example', 'cy', 'earlier', '[]', '{"name":"Cy 张"}', '2026-01-02 03:04:11+00', '2026-01-02 03:04:11+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (4, '140babd9-fc3f-4bab-a093-8ad8df9223f0', 'https://people.example', 'dee', 'earlier', '[]', '{"name":"Dee 张"}', '2026-01-02 03:04:14+00', '2026-01-02 03:04:14+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (1, 'd2bfb39f-2e60-44d7-9cbf-f730d05a0c87', 'https://people.example', 'ada', 'earlier', '[]', '{"name":"Ada 张"}', '2026-01-02 03:04:05+00', '2026-01-02 03:04:14+00');


--
-- Data for Name: audit_event; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (1, 'eea2902a-547b-4667-a27c-a2830a3ff334', '2026-01-02 03:04:05+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (2, '36d6ded8-58ab-405d-9933-afc2d8bef066', '2026-01-02 03:04:06.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (3, 'e40525df-1a4d-46cc-9753-443e12fa9d31', '2026-01-02 03:04:08+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', 'd2bfb39f-2e60-44d7-9cbf-f730d05a0c87', NULL, 'spent', NULL, '{}', 'refresh', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (4, 'e47ee7e7-eabd-413b-bca4-fb1da6148112', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'bob', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (5, '017448ed-a51c-46b6-a9ab-4fe27ac65e12', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', '12e012a9-d758-48ae-b975-98e38ad6ed28', NULL, 'spent', NULL, '{}', 'revoke', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (6, '0dbf916a-5859-4e4e-bb2b-daa1f3ab2e0b', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'cy', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (7, '28ca7d58-6f80-484f-a684-20c875356045', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', NULL, 'invalid_credential', 'unused', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (8, 'a4f81e12-4273-4c2c-8826-43486326be6d', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'dee', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (9, 'eb537248-5e16-40d6-887f-92247b24d7cf', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (10, 'eb537248-5e16-40d6-887f-92247b24d7cf', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);


--
-- Data for Name: migration; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.migration VALUES (1, 'reservations and audit events', '2026-12-01 00:29:36.645015+00');
INSERT INTO identity_broker.migration VALUES (2, 'accounts, grants and the key ring', '2026-12-01 00:29:36.645015+00');
INSERT INTO identity_broker.migration VALUES (3, 'the store''s time', '2026-12-01 00:29:36.645015+00');
INSERT INTO identity_broker.migration VALUES (4, 'records', '2026-12-01 00:29:36.645015+00');
INSERT INTO identity_broker.migration VALUES (5, 'the key ring as a record', '2026-12-01 00:29:36.645015+00');
INSERT INTO identity_broker.migration VALUES (6, 'grants as records', '2026-12-01 00:29:36.645015+00');


--
-- Data for Name: record_owner; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.record_owner VALUES ('account', 'd2bfb39f-2e60-44d7-9cbf-f730d05a0c87', 'grant', 'f657de68-a603-4199-af66-6829d98ebac3');
INSERT INTO identity_broker.record_owner VALUES ('account', 'd2bfb39f-2e60-44d7-9cbf-f730d05a0c87', 'grant', 'cef157c3-5212-429a-8eb8-329f5cd2f915');
INSERT INTO identity_broker.record_owner VALUES ('account', '12e012a9-d758-48ae-b975-98e38ad6ed28', 'grant', 'b738bf63-7890-4c34-88a9-4a01fb53aab2');
INSERT INTO identity_broker.record_owner VALUES ('account', '94aca2a4-d6b0-4be6-8564-0d2ffecbe12c', 'grant', 'acf670ad-45ac-4159-9657-fdb7e6c9543a');
INSERT INTO identity_broker.record_owner VALUES ('account', '140babd9-fc3f-4bab-a093-8ad8df9223f0', 'grant', '81d3d56d-83c5-4278-9a81-d4880e6736ad');
INSERT INTO identity_broker.record_owner VALUES ('account', 'd2bfb39f-2e60-44d7-9cbf-f730d05a0c87', 'grant', '3feba831-c405-4a57-af5b-608966c1e5be');
INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', 'bd87b2cda99df5b642ac9c0a97d3bc76f9921e2cce16058faa44bc954dbb065f');
INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', '57371aca58aaf804a0eb0fad7039c80a1cd53f85d29bf276a21388ec1be58fce');


--
-- Data for Name: reservation; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.reservation VALUES ('\xf9378976a95918ede42c9b28ace50dc6f933e6dec6c0b1944c38e327ed887ea7', 'eea2902a-547b-4667-a27c-a2830a3ff334', '2026-01-02 03:04:05+00', '2026-01-03 04:04:05+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xabca89dee9b90ffe6b9c342fd291733519a141af9c22c9ac4407b110f990a129', '36d6ded8-58ab-405d-9933-afc2d8bef066', '2026-01-02 03:04:06.5+00', '2026-01-03 04:04:06.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x47355f790d7b9771ba586fe0bd239ed9166a588a273ed6bbc90f34f63dea8d36', 'e47ee7e7-eabd-413b-bca4-fb1da6148112', '2026-01-02 03:04:09.5+00', '2026-01-03 04:04:09.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0cd33d05d9d855765085a896f84fe1db11c7f5e8667800025f05dfe5aa60d41b', '0dbf916a-5859-4e4e-bb2b-daa1f3ab2e0b', '2026-01-02 03:04:11+00', '2026-01-03 04:04:11+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xee96d3da9c347a884020b0d510a318ecfbd56f3ae3d3638a53b401652ee56795', 'a4f81e12-4273-4c2c-8826-43486326be6d', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xe7b95b922af1813ded4c66b609c31a149733e2d144aae5cd6c6b5cf96fbac2bf', 'eb537248-5e16-40d6-887f-92247b24d7cf', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0101010101010101010101010101010101010101010101010101010101010101', '01000000-0000-4000-8000-000000000001', '2026-01-02 03:04:14+00', '2096-10-02 07:06:40+00', false);


--
-- Data for Name: store_time; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.store_time VALUES (1, '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', NULL, NULL, NULL);


--
-- Data for Name: stored_record; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.stored_record VALUES ('grant', 'f657de68-a603-4199-af66-6829d98ebac3', 1, '2126-03-19 03:04:05+00', '2126-03-19 03:04:05+00', 'account:d2bfb39f-2e60-44d7-9cbf-f730d05a0c87', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353834352c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353834352c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a2247414c4d51423442354a346451796d576f4d30355a3450784e46647a38364e693041644970527947484477222c2266616d696c79223a22414b625048735f4f5957535f37536a5876747a77755434686b42465f7262676a6e4a656d44374934336338227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('grant', 'cef157c3-5212-429a-8eb8-329f5cd2f915', 2, '2126-03-19 03:04:06.5+00', '2126-03-19 03:04:06.5+00', 'account:d2bfb39f-2e60-44d7-9cbf-f730d05a0c87', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353834362e352c2269735265766f6b6564223a66616c73652c226c617374557365223a3738393031353834382c226f70656e6564223a3738393031353834362e352c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a226b6d6c54327974585f50794a6f743174574d4c464e6b4b653070564b533541756643455033373375487767222c2266616d696c79223a226a586c642d4a617a4976384370785744707179436b3238656c744e46756a39734b494b46476e4a534b4951222c22726f746174696f6e223a7b2270726576696f7573223a225f6b755f794f38454c704f4a6a566f466b79415a6a534446714f35375973686e37776a3649386e6a774377222c2273616c74223a224155763366505174344a4175626c596558713253544f6b6644543753704a506e425348756543462b472b733d222c2274696d65223a3738393031353834387d7d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('grant', 'b738bf63-7890-4c34-88a9-4a01fb53aab2', 2, '2126-03-19 03:04:09.5+00', '2126-03-19 03:04:09.5+00', 'account:12e012a9-d758-48ae-b975-98e38ad6ed28', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353834392e352c2269735265766f6b6564223a747275652c226f70656e6564223a3738393031353834392e352c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a22524346376b6773735f5631464f666d78366f507371664d425f466745384f436d36366555707a643151414d222c2266616d696c79223a22383347493239365a4c675a6663326658563557675a6f4c5247424143446833425143493343617731706930227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('grant', 'acf670ad-45ac-4159-9657-fdb7e6c9543a', 1, '2026-01-02 03:04:12+00', '2026-01-02 03:04:12+00', 'account:94aca2a4-d6b0-4be6-8564-0d2ffecbe12c', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a3738393031353835322c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353835312c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a2239316c66354438427879413637757563412d65564a794d4f374a5a56464b5675315170777165776e6c5f41222c2266616d696c79223a227946554e5f5175434856687365786c583733476c62793449326f666e4d5a46416b6b746b6b364c644c3438227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('key_ring', 'current', 2, NULL, NULL, '', '\x02000000575962326d447a4a664c47686f71373468594a5261656c64776b4157544e694b3761645670524236573054490a75534c56755a4d55746a555f52674e674856426d352d4a4a30326d545a6f664a6a3032745049455f515430369c4ef03912b56d10bba7bffb00bbca89b46079fec72d55c582049fa0d13c48d27182bd7feba56287469b95988352be3b52b10096afcb25bae1a24bcf38cdbb67bf28903545762c03e180887e742c2e073fc6b3b9677eb14c8ade0d7445b968a57585ee2afda5a8badc39c9c283e51a40c9648f599911209d714160090a2142415c6e444ea779e3ef97e1bc56941c44cb935902b8766d72708548a0afbcb22eea8969912b6dd9e731ccb9767f09f8b0f1ad6caadd7053b4ae60929f533aed0ef8c88052fc477f8e9c73072b2af5e9aaf05464f8a6dd081be069bc891a4c4af4b6a03b0ae821cb6440fbee4f16394ab899a245272e69e0ed960f38f083efd5d7dc2b289665c4b584e522d701f0eb14ef38f23b8920205c05e9d155759f2fc0cbd1edc6db8664b562748745ecdce285084f329cbdf2f218f7edfd276f18eff7d4b8bde0af');
INSERT INTO identity_broker.stored_record VALUES ('grant', '81d3d56d-83c5-4278-9a81-d4880e6736ad', 1, '2126-03-19 03:04:14+00', '2126-03-19 03:04:14+00', 'account:140babd9-fc3f-4bab-a093-8ad8df9223f0', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353835342c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353835342c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a2253496669775a7354616b754e39434e6158563044387164524f79676a314f77557555343434525a72437530222c2266616d696c79223a2233743942476c356b4c794d78544477566d70333130554c4865375647727230534f41395a6848665639626b227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('nonce', '581b4a4f4be0fb1bd317e06ba232eda5a32c46ba515dc8e6f1de3cf0a8adc484', 1, '2026-01-02 03:14:14+00', '2026-01-02 03:14:14+00', '', '\x7b7d');
INSERT INTO identity_broker.stored_record VALUES ('grant', '3feba831-c405-4a57-af5b-608966c1e5be', 1, '2126-03-19 03:04:14+00', '2126-03-19 03:04:14+00', 'account:d2bfb39f-2e60-44d7-9cbf-f730d05a0c87', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22617070222c22656e64223a333935313235353835342c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353835342c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a22504e66542d4438754a4e5659314561512d69526249644b4379424d566d5f5065774e4b4355433750737559222c2266616d696c79223a22484178695f7a6f61585a6742554f712d414242347078374357376b6136666d465079433256696b4f385138227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('note', 'bd87b2cda99df5b642ac9c0a97d3bc76f9921e2cce16058faa44bc954dbb065f', 1, '2096-10-02 07:06:40+00', '2096-10-02 07:06:40+00', 'account:01000000-0000-4000-8000-000000000001', '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
INSERT INTO identity_broker.stored_record VALUES ('note', '57371aca58aaf804a0eb0fad7039c80a1cd53f85d29bf276a21388ec1be58fce', 1, NULL, NULL, 'account:01000000-0000-4000-8000-000000000001', '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
INSERT INTO identity_broker.stored_record VALUES ('note', '3c90c1f5179c346253640629eaf3ec136891fcf831fa3dc22ce111f722507067', 2, NULL, NULL, '', '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');


--
-- Name: account_identity_id_seq; Type: SEQUENCE SET; Schema: identity_broker; Owner: -
--

SELECT pg_catalog.setval('identity_broker.account_identity_id_seq', 4, true);


--
-- Name: audit_event_id_seq; Type: SEQUENCE SET; Schema: identity_broker; Owner: -
--

SELECT pg_catalog.setval('identity_broker.audit_event_id_seq', 10, true);


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


