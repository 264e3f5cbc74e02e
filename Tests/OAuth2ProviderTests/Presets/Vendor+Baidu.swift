import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// openauth.baidu.com: an id of the app, and the token in the query.
    static let baidu = Vendor(
        preset: .baidu,
        usesPKCE: false,
        client: .form(id: "client_id"),
        authorization: ["client_id": VendorFixture.clientId, "scope": "basic"],
        token: .query,
        id: { .string("oPXyY4O0ZTmUqSX4MRxYDDCccT6Kc9\($0.number)") },
        tokens: { token, _ in
            ["access_token": .string(token), "expires_in": 2_592_000, "refresh_token": "122.5d59", "scope": "basic"]
        },
        profile: { person, id in
            let record: JSONObject = [
                "username": .string(person.name), "portrait": "e2c1776c31393837313031319605", "is_bind_mobile": "1",
            ]
            return .object(record.with("openid", id))
        },
        subject: { "oPXyY4O0ZTmUqSX4MRxYDDCccT6Kc9\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.name = person.name
            return claims
        },
        attributes: ["portrait": "e2c1776c31393837313031319605"],
        refusals: standardRefusals + [
            baiduError(110, .upstreamMisbehaved), baiduError(17, .rateLimited), baiduError(2, .upstreamUnavailable),
            baiduError(6, .misconfigured),
        ])

    private static func baiduError(_ code: Int, _ kind: BrokerError.Kind) -> UpstreamRefusal {
        refusal("\(code)", kind, status: 200, to: 2) { ["error_code": .integer(code), "error_msg": .string($0)] }
    }
}
