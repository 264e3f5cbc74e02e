import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// wiki.connect.qq.com: everything in queries, and the id beside the token alone.
    static let qq = Vendor(
        preset: .qq,
        usesPKCE: false,
        client: .query(id: "client_id"),
        authorization: ["client_id": VendorFixture.clientId, "scope": "get_user_info"],
        tokenParameters: ["fmt": "json", "need_openid": "1"],
        token: .query,
        profileParameters: ["oauth_consumer_key": VendorFixture.clientId, "openid": "*"],
        id: { .string("1704B1B6D5BF4B3A9E2D00000000000\($0.number)") },
        tokens: { token, id in
            ["access_token": .string(token), "expires_in": 7_776_000, "refresh_token": "88E4BE14", "openid": id]
        },
        profile: { person, _ in
            [
                "ret": 0, "msg": "", "is_lost": 0, "nickname": .string(person.name), "gender": "female",
                "figureurl_qq_2": .string(person.picture), "vip": "0",
            ]
        },
        idIsInTokens: true,
        idIsInProfile: false,
        subject: { "1704B1B6D5BF4B3A9E2D00000000000\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.nickname = person.name
            claims.picture = person.picture
            return claims
        },
        refusals: [
            qqError(100019, .invalidCredential), qqError(100020, .invalidCredential), qqError(100009, .misconfigured),
            qqError(100010, .misconfigured), qqError(100099, .upstreamMisbehaved),
            refusal("1002", .upstreamMisbehaved, status: 200, to: 2) { ["ret": 1002, "msg": .string($0)] },
        ])

    private static func qqError(_ code: Int, _ kind: BrokerError.Kind) -> UpstreamRefusal {
        refusal("\(code)", kind, status: 200) { ["error": .integer(code), "error_description": .string($0)] }
    }
}
