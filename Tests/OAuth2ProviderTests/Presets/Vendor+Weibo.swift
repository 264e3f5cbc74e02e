import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// open.weibo.com: the user's id beside the token, and both in the query.
    static let weibo = Vendor(
        preset: .weibo,
        usesPKCE: false,
        client: .form(id: "client_id"),
        authorization: ["client_id": VendorFixture.clientId],
        token: .query,
        profileParameters: ["uid": "*"],
        id: text,
        tokens: { token, id in
            ["access_token": .string(token), "expires_in": 1234, "remind_in": "798114", "uid": id]
        },
        profile: { person, id in
            let record: JSONObject = [
                "id": .integer(person.number), "screen_name": "zaku", "name": .string(person.name), "gender": "m",
                "avatar_large": .string(person.picture), "url": "https://blog.example/zaku", "verified": true,
            ]
            return .object(record.with("idstr", id))
        },
        idIsInTokens: true,
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            (claims.name, claims.nickname, claims.website) = (person.name, "zaku", "https://blog.example/zaku")
            claims.picture = person.picture
            return claims
        },
        refusals: [
            weiboError(21325, "invalid_grant", .invalidCredential), weiboError(21324, "invalid_client", .misconfigured),
            weiboError(21322, "redirect_uri_mismatch", .misconfigured),
            weiboError(21330, "access_denied", .accessDenied),
            weiboError(10023, "user requests out of rate limit", .rateLimited, to: 2),
            weiboError(21327, "expired_token", .upstreamMisbehaved, to: 2),
            weiboError(10001, "system error", .upstreamUnavailable),
        ])

    private static func weiboError(
        _ code: Int,
        _ name: String,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        refusal("\(code)", kind, status: 400, to: request) { message in
            ["error": .string(name), "error_code": .integer(code), "error_description": .string(message)]
        }
    }
}
