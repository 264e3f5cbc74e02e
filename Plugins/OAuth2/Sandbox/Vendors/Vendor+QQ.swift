import BrokerSandbox

extension Vendor {
    /// wiki.connect.qq.com: everything in queries, a form unless JSON is asked for, and the id beside the token alone, if it is
    /// asked for as well.
    static let qq = Vendor(
        type: "qq",
        displayName: "QQ",
        paths: Paths(
            authorization: "/oauth2.0/authorize", token: "/oauth2.0/token", profile: "/user/get_user_info"),
        clientId: "101000001",
        methods: [.query],
        scopeSeparator: ",",
        tokenMethod: "GET",
        format: { $0.query["fmt"] == "json" ? .json : .form },
        tokens: { grant in
            var answer: Members = [
                "access_token": .text(grant.accessToken), "expires_in": 7_776_000,
                "refresh_token": .text(grant.refreshToken),
            ]
            if grant.request.query["need_openid"] == "1" { answer["openid"] = grant.id }
            return .object(answer)
        },
        tokenError: { refusal in
            let number =
                switch refusal {
                case .request: 100_000
                case .grantType: 100_003
                case .client: 100_008
                case .secret: 100_009
                case .redirectURI: 100_010
                case .code, .verifier, .carried: 100_019
                case .usedCode: 100_020
                }
            return VendorAnswer(
                status: 200, contents: ["error": .number(number), "error_description": .text(refusal.message)])
        },
        token: .query("access_token"),
        profile: RecordRequest(
            scopes: ["get_user_info"], parameters: ["oauth_consumer_key": .clientId, "openid": .personId]
        ) { query in
            let person = query.person
            return [
                "ret": 0, "msg": "", "is_lost": 0, "nickname": .text(person.fullName), "gender": "",
                "figureurl_qq_1": .text(person.picture), "figureurl_qq_2": .text(person.picture), "vip": "0",
                "level": "0",
            ]
        },
        recordError: { refusal in
            let (number, message): (JSON, JSON) =
                switch refusal {
                case .token: (100_013, "access token is illegal")
                case .scope: (100_030, "scope is not permitted")
                case .request, .proof: (1002, "request parameter is not valid")
                }
            return VendorAnswer(status: 200, contents: ["ret": number, "msg": message])
        },
        id: { .text("1704B1B6D5BF4B3A9E2D8C7A6F5E400\($0.number)") })
}
