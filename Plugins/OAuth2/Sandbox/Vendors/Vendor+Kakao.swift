import BrokerSandbox

extension Vendor {
    /// developers.kakao.com/docs/latest/en/kakaologin: scopes with commas, claims under `kakao_account` as far as the person
    /// agreed, and negative numbers for errors of the API.
    static let kakao = Vendor(
        type: "kakao",
        displayName: "Kakao",
        paths: Paths(authorization: "/oauth/authorize", token: "/oauth/token", profile: "/v2/user/me"),
        scopeSeparator: ",",
        cancellation: ["error": "access_denied", "error_description": "User denied access"],
        tokens: { grant in
            .object(grant.standard.with(["expires_in": 21599, "refresh_token_expires_in": 5_184_000]))
        },
        tokenError: { refusal in
            let code: JSON =
                switch refusal {
                case .client: "KOE101"
                case .secret: "KOE010"
                case .redirectURI: "KOE303"
                case .code, .usedCode, .verifier, .carried: "KOE320"
                case .request, .grantType: "KOE115"
                }
            return refusal.answer(["error_code": code])
        },
        profile: RecordRequest { query in
            let person = query.person
            var account: Members = [:]
            var profile: Members = [:]
            if query.consent.has("profile_nickname") { profile["nickname"] = .text(person.fullName) }
            if query.consent.has("profile_image") {
                profile["profile_image_url"] = .text(person.picture)
                profile["is_default_image"] = false
            }
            if !profile.isEmpty { account["profile"] = .object(profile) }
            if query.consent.has("account_email") {
                account["has_email"] = .boolean(person.email != nil)
                account["email_needs_agreement"] = false
                if let email = person.email {
                    account["is_email_valid"] = true
                    account["is_email_verified"] = .boolean(person.isEmailVerified)
                    account["email"] = .text(email)
                }
            }
            return [
                "id": .number(123_456_700 + person.number), "connected_at": "2022-04-11T01:45:28Z",
                "kakao_account": .object(account),
            ]
        },
        recordError: { refusal in
            switch refusal {
            case .token:
                VendorAnswer(status: 401, contents: ["msg": "this access token does not exist", "code": -401])
            case .scope: VendorAnswer(status: 403, contents: ["msg": "insufficient scopes.", "code": -402])
            case .request, .proof: VendorAnswer(status: 400, contents: ["msg": .text(refusal.message), "code": -2])
            }
        },
        id: { .number(123_456_700 + $0.number) })
}
