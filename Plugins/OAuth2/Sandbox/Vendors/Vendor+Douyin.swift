import BrokerSandbox

extension Vendor {
    /// developer.open-douyin.com: `client_key`, everything under `data`, its errors too, all with status 200.
    static let douyin = Vendor(
        type: "douyin",
        displayName: "Douyin",
        paths: Paths(
            authorization: "/platform/oauth/connect/", token: "/oauth/access_token/", profile: "/oauth/userinfo/"),
        clientId: "awa1b2c3d4e5f6g7",
        idName: "client_key",
        scopeSeparator: ",",
        needsRedirectURI: false,
        tokens: { grant in
            [
                "data": [
                    "access_token": .text(grant.accessToken), "captcha": "", "desc_url": "", "description": "",
                    "error_code": 0, "expires_in": 1_296_000, "log_id": "20230525105733ED3ED7AC56A38A1A5C8B",
                    "open_id": grant.id, "refresh_expires_in": 2_592_000, "refresh_token": .text(grant.refreshToken),
                    "scope": grant.scope(","),
                ], "message": "success",
            ]
        },
        tokenError: { refusal in
            let number =
                switch refusal {
                case .client: 10003
                case .secret: 10013
                case .request, .grantType: 10002
                case .redirectURI: 10006
                case .code, .usedCode, .verifier, .carried: 10007
                }
            return douyinError(number, refusal.message)
        },
        token: .form("access_token"),
        profile: RecordRequest(method: "POST", scopes: ["user_info"], parameters: ["open_id": .personId]) { query in
            let person = query.person
            return [
                "data": [
                    "avatar": .text(person.picture), "description": "", "error_code": 0,
                    "nickname": .text(person.fullName), "open_id": douyinId(person),
                    "union_id": .text("1ad4e099-4a0c-47d1-a410-bffb4f2f64\(person.number)"),
                ], "message": "success",
            ]
        },
        recordError: { refusal in
            let number =
                switch refusal {
                case .token: 2_190_008
                case .scope: 2_190_004
                case .request, .proof: 2_100_005
                }
            return douyinError(number, refusal.message)
        },
        id: douyinId)

    @Sendable private static func douyinId(_ person: Person) -> JSON {
        .text("_000QadFMhmU1jNCI3SdPnyVDL6XavC70dFb\(person.number)")
    }

    private static func douyinError(_ number: Int, _ message: String) -> VendorAnswer {
        VendorAnswer(
            status: 200,
            contents: [
                "data": ["description": .text(message), "error_code": .number(number)],
                "extra": ["logid": "202008121419360101980821035705926A"], "message": "error",
            ])
    }
}
