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
    made timestamp with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);


--
-- Name: account_contact; Type: TABLE; Schema: identity_broker; Owner: -
--

CREATE TABLE identity_broker.account_contact (
    identity bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C"
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

INSERT INTO identity_broker.account VALUES ('f25b822b-85ac-4815-a3d8-0c35cf536960', '2026-01-02 03:04:05+00', 1);
INSERT INTO identity_broker.account VALUES ('b8abd5ad-ecea-4cee-a82d-cf5e736cf171', '2026-01-02 03:04:09.5+00', 1);
INSERT INTO identity_broker.account VALUES ('d74a969e-ac8e-47c9-9b7c-d6c95c18ffae', '2026-01-02 03:04:11+00', 1);
INSERT INTO identity_broker.account VALUES ('2fd309fb-4f3e-4cc2-add5-74226fbb72ac', '2026-01-02 03:04:14+00', 1);


--
-- Data for Name: account_contact; Type: TABLE DATA; Schema: identity_broker; Owner: -
--



--
-- Data for Name: account_identity; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (2, 'b8abd5ad-ecea-4cee-a82d-cf5e736cf171', 'https://people.example', 'bob', 'earlier', '[]', '{"name":"Bob 张"}', '2026-01-02 03:04:09.5+00', '2026-01-02 03:04:09.5+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (3, 'd74a969e-ac8e-47c9-9b7c-d6c95c18ffae', 'https://people.example', 'cy', 'earlier', '[]', '{"name":"Cy 张"}', '2026-01-02 03:04:11+00', '2026-01-02 03:04:11+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (4, '2fd309fb-4f3e-4cc2-add5-74226fbb72ac', 'https://people.example', 'dee', 'earlier', '[]', '{"name":"Dee 张"}', '2026-01-02 03:04:14+00', '2026-01-02 03:04:14+00');
INSERT INTO identity_broker.account_identity OVERRIDING SYSTEM VALUE VALUES (1, 'f25b822b-85ac-4815-a3d8-0c35cf536960', 'https://people.example', 'ada', 'earlier', '[]', '{"name":"Ada 张"}', '2026-01-02 03:04:05+00', '2026-01-02 03:04:14+00');


--
-- Data for Name: audit_event; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (1, '1d99ccbb-b681-43d9-9284-75c21ac1e39f', '2026-01-02 03:04:05+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (2, '5ccfd125-1776-4eee-ad3d-9b15134e9977', '2026-01-02 03:04:06.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (3, '7a442e33-1858-410f-9fd7-60866cfc537c', '2026-01-02 03:04:08+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', 'f25b822b-85ac-4815-a3d8-0c35cf536960', NULL, 'spent', NULL, '{}', 'refresh', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (4, 'b5ab6391-9962-4af8-bfe9-512e7a772d9c', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'bob', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (5, '8a40d911-9713-401d-a2d0-ec93e2562005', '2026-01-02 03:04:09.5+00', '00:00:00', 'earlier', NULL, 'refresh_token', 'https://id.example.com', 'b8abd5ad-ecea-4cee-a82d-cf5e736cf171', NULL, 'spent', NULL, '{}', 'revoke', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (6, '4f90829a-60e0-4542-8781-66f23cc82885', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'cy', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (7, '859ccd91-5f17-4977-88bc-cc51402b6b5c', '2026-01-02 03:04:11+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', NULL, 'invalid_credential', 'unused', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (8, '097a8876-a741-4355-ab23-04c2337a84c9', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'ticket', 'https://people.example', 'dee', NULL, 'spent', NULL, '{}', 'login', 'web', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (9, '7d0af562-abc9-4beb-8696-9ee3efe2acba', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);
INSERT INTO identity_broker.audit_event OVERRIDING SYSTEM VALUE VALUES (10, '7d0af562-abc9-4beb-8696-9ee3efe2acba', '2026-01-02 03:04:14+00', '00:00:00', 'earlier', 'earlier', 'id_token', 'https://people.example', 'ada', NULL, 'spent', NULL, '{}', 'login', 'app', NULL);


--
-- Data for Name: migration; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.migration VALUES (1, 'reservations and audit events', '2026-12-01 01:02:49.945046+00');
INSERT INTO identity_broker.migration VALUES (2, 'accounts, grants and the key ring', '2026-12-01 01:02:49.945046+00');
INSERT INTO identity_broker.migration VALUES (3, 'the store''s time', '2026-12-01 01:02:49.945046+00');
INSERT INTO identity_broker.migration VALUES (4, 'records', '2026-12-01 01:02:49.945046+00');
INSERT INTO identity_broker.migration VALUES (5, 'the key ring as a record', '2026-12-01 01:02:49.945046+00');
INSERT INTO identity_broker.migration VALUES (6, 'grants as records', '2026-12-01 01:02:49.945046+00');
INSERT INTO identity_broker.migration VALUES (7, 'verified contacts', '2026-12-01 01:02:49.945046+00');


--
-- Data for Name: record_owner; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.record_owner VALUES ('account', 'f25b822b-85ac-4815-a3d8-0c35cf536960', 'grant', '4b18f88c-8a68-4ad4-9c9e-85208a2dd8b3');
INSERT INTO identity_broker.record_owner VALUES ('account', 'f25b822b-85ac-4815-a3d8-0c35cf536960', 'grant', 'ee841de4-98e2-4d00-b535-bdf09bc05633');
INSERT INTO identity_broker.record_owner VALUES ('account', 'b8abd5ad-ecea-4cee-a82d-cf5e736cf171', 'grant', '426946fe-6236-430c-9b51-75d2f62c774c');
INSERT INTO identity_broker.record_owner VALUES ('account', 'd74a969e-ac8e-47c9-9b7c-d6c95c18ffae', 'grant', '2a1dd674-3b4e-4c2e-a422-9799321a2f2a');
INSERT INTO identity_broker.record_owner VALUES ('account', '2fd309fb-4f3e-4cc2-add5-74226fbb72ac', 'grant', 'bceb0dc6-65a2-4d6d-a447-70142f810029');
INSERT INTO identity_broker.record_owner VALUES ('account', 'f25b822b-85ac-4815-a3d8-0c35cf536960', 'grant', '919d36e0-950a-4163-9e97-6106237e395f');
INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', 'bd87b2cda99df5b642ac9c0a97d3bc76f9921e2cce16058faa44bc954dbb065f');
INSERT INTO identity_broker.record_owner VALUES ('account', '01000000-0000-4000-8000-000000000001', 'note', '57371aca58aaf804a0eb0fad7039c80a1cd53f85d29bf276a21388ec1be58fce');


--
-- Data for Name: reservation; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.reservation VALUES ('\xf9378976a95918ede42c9b28ace50dc6f933e6dec6c0b1944c38e327ed887ea7', '1d99ccbb-b681-43d9-9284-75c21ac1e39f', '2026-01-02 03:04:05+00', '2026-01-03 04:04:05+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xabca89dee9b90ffe6b9c342fd291733519a141af9c22c9ac4407b110f990a129', '5ccfd125-1776-4eee-ad3d-9b15134e9977', '2026-01-02 03:04:06.5+00', '2026-01-03 04:04:06.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x47355f790d7b9771ba586fe0bd239ed9166a588a273ed6bbc90f34f63dea8d36', 'b5ab6391-9962-4af8-bfe9-512e7a772d9c', '2026-01-02 03:04:09.5+00', '2026-01-03 04:04:09.5+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0cd33d05d9d855765085a896f84fe1db11c7f5e8667800025f05dfe5aa60d41b', '4f90829a-60e0-4542-8781-66f23cc82885', '2026-01-02 03:04:11+00', '2026-01-03 04:04:11+00', true);
INSERT INTO identity_broker.reservation VALUES ('\xee96d3da9c347a884020b0d510a318ecfbd56f3ae3d3638a53b401652ee56795', '097a8876-a741-4355-ab23-04c2337a84c9', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x2726cf5bf376ad07bb3164b378c3e158591420988386c84487bf37f8a5ec2f85', '7d0af562-abc9-4beb-8696-9ee3efe2acba', '2026-01-02 03:04:14+00', '2026-01-03 04:04:14+00', true);
INSERT INTO identity_broker.reservation VALUES ('\x0101010101010101010101010101010101010101010101010101010101010101', '01000000-0000-4000-8000-000000000001', '2026-01-02 03:04:14+00', '2096-10-02 07:06:40+00', false);


--
-- Data for Name: store_time; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.store_time VALUES (1, '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', NULL, NULL, NULL);


--
-- Data for Name: stored_record; Type: TABLE DATA; Schema: identity_broker; Owner: -
--

INSERT INTO identity_broker.stored_record VALUES ('grant', '4b18f88c-8a68-4ad4-9c9e-85208a2dd8b3', 1, '2126-03-19 03:04:05+00', '2126-03-19 03:04:05+00', 'account:f25b822b-85ac-4815-a3d8-0c35cf536960', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353834352c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353834352c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a225f562d727139347652334c6a6f30636e775f613547443676376e505469585f675f6335554e49554a683041222c2266616d696c79223a22447054546159556c72443675797032672d69613233796a524e46476a74723677305a7a74304f356d757055227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('grant', 'ee841de4-98e2-4d00-b535-bdf09bc05633', 2, '2126-03-19 03:04:06.5+00', '2126-03-19 03:04:06.5+00', 'account:f25b822b-85ac-4815-a3d8-0c35cf536960', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353834362e352c2269735265766f6b6564223a66616c73652c226c617374557365223a3738393031353834382c226f70656e6564223a3738393031353834362e352c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a22677442693171694833567271337379496c4f4b4864765048584b4753394337473869436b667371466f5649222c2266616d696c79223a226f675f4d4d57483134326842324472615a745034645a565a584d74335f6f477a6e37346b766d6d44556434222c22726f746174696f6e223a7b2270726576696f7573223a2259434b695348344a324b6e7076364b4e52566d353531624b576131325031364d6e6d31546e4e48696d6945222c2273616c74223a22533979615933696565575365382b6c2f4f6d4f2f41373432512f4f474157615a594146454a4d446c4a73773d222c2274696d65223a3738393031353834387d7d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('grant', '426946fe-6236-430c-9b51-75d2f62c774c', 2, '2126-03-19 03:04:09.5+00', '2126-03-19 03:04:09.5+00', 'account:b8abd5ad-ecea-4cee-a82d-cf5e736cf171', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353834392e352c2269735265766f6b6564223a747275652c226f70656e6564223a3738393031353834392e352c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a224c674941617066307664664c6f6368316953434d443374673756334b6e62744a36536757666472785f6755222c2266616d696c79223a223851424b76746337727733685a69547a51337769575336654c786f665a736a6b39316a7a574f6373565967227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('grant', '2a1dd674-3b4e-4c2e-a422-9799321a2f2a', 1, '2026-01-02 03:04:12+00', '2026-01-02 03:04:12+00', 'account:d74a969e-ac8e-47c9-9b7c-d6c95c18ffae', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a3738393031353835322c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353835312c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a226441595768746d6e45345a45543462494643527863456c546d77525859726b567136306441614163416530222c2266616d696c79223a22705753423536585a2d3056786e5234554d6f37344a6b4d676672735177576b76667868477470413938526f227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('key_ring', 'current', 2, NULL, NULL, '', '\x02000000577a3673705f4f37496164706a52554e31647542507435416679306665327a4672735a4d46763958657252450a6b33673244454358675a5a75376f5f4b7171544e6a3574337554726737475f6e4d33764f6c6645643464732a4844ba268b799baee559dfea269b70ae219b4e41a5e271733f6ccbefd3d368a863a58edfb3727598fe2617765c2701ac862709561e58dc0ab76b5b82411aa39491fdec8402a97c8684e36181f8791f4e234b60319143f1aa7dfb2402cb33db720241277cd7e77cfe9acbbec8f1ee6b22bf21eacb473f9c720ae37a8efe617570a7f027c38d103b2c619189a30d621c73b7777fd03cd4730a6398c3485e6be738b7f40297e35d9c9c52e96be30d7823cd18d3f70f54a8c78521c12decb6d551441b8e846e6a578ae499107070d9086178b9588e993accb93eda3321971f22dafc8721ecfb2122a93a645c770f1452c02db376506abe67a2c7789fe98c79c9620b2974ca4b7cd928387bc536a05f8037ba615867226a7ca7cd7eff8daf7e0528a05fb5e213b6b8f67f190192ba32335a6f2c9cbe077cdc2103fb515668e0493998c0c009');
INSERT INTO identity_broker.stored_record VALUES ('grant', 'bceb0dc6-65a2-4d6d-a447-70142f810029', 1, '2126-03-19 03:04:14+00', '2126-03-19 03:04:14+00', 'account:2fd309fb-4f3e-4cc2-add5-74226fbb72ac', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22776562222c22656e64223a333935313235353835342c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353835342c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a2272374e4131455449707a4470565a65425849744361395666665359317965346a794e4253614155754e3477222c2266616d696c79223a2275732d4f32635f473448644b2d524151424f5771756e6745535332795f694869576d4931724b3342374841227d2c2273636f7065223a22227d');
INSERT INTO identity_broker.stored_record VALUES ('nonce', '07ef3a331579fcb8dcfc399ba3a97381a32fc7a478e833d66c8e5c7c9d13f1bc', 1, '2026-01-02 03:14:14+00', '2026-01-02 03:14:14+00', '', '\x7b7d');
INSERT INTO identity_broker.stored_record VALUES ('grant', '919d36e0-950a-4163-9e97-6106237e395f', 1, '2126-03-19 03:04:14+00', '2126-03-19 03:04:14+00', 'account:f25b822b-85ac-4815-a3d8-0c35cf536960', '\x7b2261756469656e636573223a5b2268747470733a2f2f6170692e6578616d706c652e636f6d225d2c22636c69656e74223a22617070222c22656e64223a333935313235353835342c2269735265766f6b6564223a66616c73652c226f70656e6564223a3738393031353835342c2270726f7669646572223a226561726c696572222c2272656672657368223a7b2263757272656e74223a22566a73365a623976646630785678374f4b557879486f5f5a434b4354383839543553384a4c4539744c7349222c2266616d696c79223a225638694b43535f444950433943497431524936674469624533536f3859364e305134716e45716171396645227d2c2273636f7065223a22227d');
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
-- Name: account_contact account_contact_pkey; Type: CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account_contact
    ADD CONSTRAINT account_contact_pkey PRIMARY KEY (identity, kind);


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
-- Name: account_contact_by_value; Type: INDEX; Schema: identity_broker; Owner: -
--

CREATE INDEX account_contact_by_value ON identity_broker.account_contact USING btree (kind, value, identity);


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
-- Name: account_contact account_contact_identity_fkey; Type: FK CONSTRAINT; Schema: identity_broker; Owner: -
--

ALTER TABLE ONLY identity_broker.account_contact
    ADD CONSTRAINT account_contact_identity_fkey FOREIGN KEY (identity) REFERENCES identity_broker.account_identity(id);


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


