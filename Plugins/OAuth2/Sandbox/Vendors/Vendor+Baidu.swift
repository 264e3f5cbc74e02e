import BrokerSandbox

extension Vendor {
    /// openauth.baidu.com/doc: an id of the app, the token in the query, and numbers for errors of the API.
    static let baidu = Vendor(
        type: "baidu",
        displayName: "Baidu",
        paths: Paths(
            authorization: "/oauth/2.0/authorize", token: "/oauth/2.0/token",
            profile: "/rest/2.0/passport/users/getInfo"),
        clientId: "Va5yQRHlA4Fq4eR3LT0vuXV4",
        tokens: { grant in
            [
                "access_token": .text(grant.accessToken), "expires_in": 2_592_000,
                "refresh_token": .text(grant.refreshToken), "scope": grant.scope(), "session_key": "ULxtyDQkXb4F5d4e",
                "session_secret": "27248c45d2fa4d5a",
            ]
        },
        tokenError: { refusal in
            refusal == .client ? refusal.answer(["error_description": "unknown client id"]) : refusal.standard
        },
        token: .query("access_token"),
        profile: RecordRequest(scopes: ["basic"]) { query in
            let person = query.person
            return [
                "openid": .text("oPXyY4O0ZTmUqSX4MRxYDDCccT6Kc9\(person.number)"), "username": .text(person.fullName),
                "portrait": .text("e2c1776c3139383731303131960\(person.number)"), "is_bind_mobile": "1", "sex": "0",
            ]
        },
        recordError: { refusal in
            let (number, message): (JSON, JSON) =
                switch refusal {
                case .token: (110, "Access token invalid or no longer valid")
                case .scope: (6, "No permission to access data")
                case .request, .proof: (100, "Invalid parameter")
                }
            return VendorAnswer(status: 200, contents: ["error_code": number, "error_msg": message])
        },
        id: { .text("oPXyY4O0ZTmUqSX4MRxYDDCccT6Kc9\($0.number)") })
}
