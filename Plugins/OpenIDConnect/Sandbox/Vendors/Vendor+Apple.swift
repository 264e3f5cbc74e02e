import BrokerSandbox

extension Vendor {
    /// developer.apple.com/documentation/signinwithapple: a secret that the client signs, the answer posted as a form, the name
    /// at the first login alone, booleans as text, and a relay's address.
    static let apple = Vendor(
        type: "apple",
        displayName: "Apple",
        clientId: "com.example.web",
        document: ["response_modes_supported": ["query", "fragment", "form_post"]],
        signedSecret: (team: "ABCDE12345", keyId: "FGHIJ67890"),
        hashesNativeNonces: true,
        requiresFormPost: true,
        challenges: .unpublished,
        subject: { "001473.fe6f33bf4b8e4590aacbabdcb8598bd0.\($0.number)" },
        claims: { consent in
            let person = consent.person
            var claims: Members = ["nonce_supported": true, "real_user_status": 2]
            guard person.email != nil else { return claims }
            claims["email"] = .text("\(person.name)@privaterelay.appleid.com")
            claims["email_verified"] = .text(person.isEmailVerified ? "true" : "false")
            claims["is_private_email"] = "true"
            return claims
        },
        tokens: ["token_type": "Bearer", "expires_in": 3600, "refresh_token": "r4f1"],
        firstPost: { person in
            let user: JSON = ["name": ["firstName": .text(person.givenName), "lastName": .text(person.familyName)]]
            return (try? user.encoded()).map { ["user": $0] } ?? [:]
        },
        cancellation: "user_cancelled_authorize",
        refusal: { VendorAnswer(status: 400, members: ["error": .text($0.code)]) })
}
