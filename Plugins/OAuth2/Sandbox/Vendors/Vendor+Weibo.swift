import BrokerSandbox

extension Vendor {
    /// open.weibo.com/wiki: the person's id beside the token, and both in the query for the record.
    static let weibo = Vendor(
        type: "weibo",
        displayName: "Weibo",
        paths: Paths(
            authorization: "/oauth2/authorize", token: "/oauth2/access_token", profile: "/2/users/show.json"),
        clientId: "1234567890",
        scopeSeparator: ",",
        cancellation: [
            "error": "access_denied", "error_code": "21330", "error_description": "user denied your request.",
            "error_uri": "/oauth2/authorize",
        ],
        tokens: { grant in
            [
                "access_token": .text(grant.accessToken), "remind_in": "157679999", "expires_in": 157_679_999,
                "uid": grant.id, "isRealName": "true",
            ]
        },
        tokenError: { refusal in
            let (name, number) =
                switch refusal {
                case .client, .secret: ("invalid_client", 21324)
                case .redirectURI: ("redirect_uri_mismatch", 21322)
                case .code, .usedCode, .verifier, .carried: ("invalid_grant", 21325)
                case .grantType: ("unsupported_grant_type", 21328)
                case .request: ("invalid_request", 21323)
                }
            return refusal.answer(
                status: 400,
                ["error": .text(name), "error_code": .number(number), "request": "/oauth2/access_token"])
        },
        token: .query("access_token"),
        profile: RecordRequest(parameters: ["uid": .personId]) { query in
            let (person, name) = (query.person, query.person.name)
            return [
                "id": .number(140_491_160 + person.number), "idstr": .text("\(140_491_160 + person.number)"),
                "screen_name": .text(name), "name": .text(person.fullName), "gender": "n",
                "avatar_large": .text(person.picture), "url": .text("https://\(name).example"), "verified": false,
            ]
        },
        recordError: { refusal in
            let (name, number): (JSON, JSON) =
                refusal == .token ? ("expired_token", 21327) : ("source paramter(appkey) is missing", 10006)
            return VendorAnswer(
                status: refusal == .token ? 401 : 403,
                contents: ["error": name, "error_code": number, "request": "/2/users/show.json"])
        },
        id: { .text("\(140_491_160 + $0.number)") })
}
