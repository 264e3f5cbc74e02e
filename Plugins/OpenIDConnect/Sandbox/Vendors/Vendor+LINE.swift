import BrokerSandbox

extension Vendor {
    /// developers.line.biz: ES256 if it is asked for and HS256 otherwise, and no word on whether addresses are verified.
    static let line = Vendor(
        type: "line",
        displayName: "LINE",
        clientId: "1234567890",
        algorithm: .es256,
        takesFormPost: false,
        keyParameter: (name: "id_token_key_type", value: "JWK"),
        subject: { "Udeadbeefdeadbeefdeadbeefdeadbee\($0.number)" },
        claims: { consent in
            var claims = consent.person.profile
            claims["amr"] = ["linesso"]
            claims["email"] = consent.person.email.map(JSON.text)
            return claims
        },
        userInfo: { $0.person.profile },
        tokens: ["token_type": "Bearer", "expires_in": 2_592_000, "scope": "profile openid email"],
        refusal: {
            VendorAnswer(status: 400, members: ["error": .text($0.code), "error_description": .text($0.message)])
        })
}
