import BrokerSandbox

extension Vendor {
    /// developers.tiktok.com/doc/login-kit-web: `client_key`, the fields that are asked for, and an error object in each answer
    /// of the API.
    static let tiktok = Vendor(
        type: "tiktok",
        displayName: "TikTok",
        paths: Paths(
            authorization: "/v2/auth/authorize/", token: "/v2/oauth/token/", profile: "/v2/user/info/"),
        clientId: "aw1a2b3c4d5e6f7g",
        idName: "client_key",
        scopeSeparator: ",",
        returned: { _ in ["scopes": "user.info.basic"] },
        tokens: { grant in
            [
                "access_token": .text(grant.accessToken), "expires_in": 86400, "open_id": grant.id,
                "refresh_expires_in": 31_536_000, "refresh_token": .text(grant.refreshToken),
                "scope": grant.scope(","), "token_type": "Bearer",
            ]
        },
        tokenError: { $0.answer(["log_id": "202206221854370101130062072500FFA2"]) },
        profile: RecordRequest(scopes: ["user.info.basic"], parameters: ["fields": .some]) { query in
            let person = query.person
            let members: Members = [
                "open_id": tiktokId(person), "union_id": .text("c9c60f44-a68e-4f5d-84dd-ce22faeb0b\(person.number)"),
                "avatar_url": .text(person.picture), "display_name": .text(person.fullName),
            ]
            return [
                "data": ["user": .object(query.members(members, listedIn: "fields"))],
                "error": ["code": "ok", "message": "", "log_id": "20220829194722CBE87ED59D524E727021"],
            ]
        },
        recordError: { refusal in
            let code: JSON =
                switch refusal {
                case .token: "access_token_invalid"
                case .scope: "scope_not_authorized"
                case .request, .proof: "invalid_params"
                }
            return VendorAnswer(
                status: code == "invalid_params" ? 400 : 401,
                contents: [
                    "data": [:], "error": ["code": code, "message": .text(refusal.message), "log_id": "2022082919"],
                ])
        },
        id: tiktokId)

    @Sendable private static func tiktokId(_ person: Person) -> JSON {
        .text("723f24d7-e717-40f8-a2b6-cb8464cd23b\(person.number)")
    }
}
