import BrokerSandbox

extension Vendor {
    /// yandex.com/dev/id/doc: another word before the token, and what a record has by scope.
    static let yandex = Vendor(
        type: "yandex",
        displayName: "Yandex",
        paths: Paths(authorization: "/authorize", token: "/token", profile: "/info"),
        clientId: "4760187d81bc4b7799476b42b5103713",
        methods: [.basic, .post],
        challenges: .checked,
        cancellation: [
            "error": "access_denied", "error_description": "The user has denied access to the requested scope",
        ],
        tokens: { .object($0.standard.with(["expires_in": 31_536_000])) },
        tokenError: { $0.answer(status: $0 == .client || $0 == .secret ? 400 : nil) },
        token: .header("OAuth"),
        profile: RecordRequest { query in
            let (person, consent) = (query.person, query.consent)
            var record: Members = [
                "id": .text("100003426\(person.number)"), "login": .text(person.name),
                "client_id": "4760187d81bc4b7799476b42b5103713", "psuid": "1.AAceCw.tbHgw5DtJ9_zeqPrk-Ba2w",
            ]
            if consent.has("login:info") {
                record["display_name"] = .text(person.name)
                record["real_name"] = .text(person.fullName)
                record["first_name"] = .text(person.givenName)
                record["last_name"] = .text(person.familyName)
                record["sex"] = .null
            }
            if consent.has("login:avatar") {
                record["default_avatar_id"] = .text("31804/BYkogAC6AoB17bN1HKRFAyKiM4\(person.number)")
                record["is_avatar_empty"] = false
            }
            if consent.has("login:email"), let email = person.email {
                record["default_email"] = .text(email)
                record["emails"] = [.text(email)]
            }
            return .object(record)
        },
        id: { .text("100003426\($0.number)") })
}
