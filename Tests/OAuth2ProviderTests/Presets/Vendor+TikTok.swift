import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// developers.tiktok.com: `client_key`, and an error object in each answer.
    static let tiktok = Vendor(
        preset: .tiktok,
        usesPKCE: false,
        client: .form(id: "client_key"),
        authorization: ["client_key": VendorFixture.clientId, "scope": "user.info.basic"],
        token: .header("Bearer"),
        profileParameters: ["fields": "open_id,union_id,avatar_url,display_name"],
        id: { .string("723f24d7-e717-40f8-a2b6-cb8464cd23\($0.number)") },
        tokens: { token, id in
            [
                "access_token": .string(token), "expires_in": 86400, "open_id": id, "refresh_token": "rft.example",
                "scope": "user.info.basic", "token_type": "Bearer",
            ]
        },
        profile: { person, id in
            let record: JSONObject = [
                "union_id": "c9c60f44-a68e-4f5d-84dd-ce22faeb0ba1", "display_name": .string(person.name),
                "avatar_url": .string(person.picture),
            ]
            return [
                "data": ["user": .object(record.with("open_id", id))],
                "error": ["code": "ok", "message": "", "log_id": "20220829194722CBE87ED59D524E727021"],
            ]
        },
        idIsInTokens: true,
        subject: { "723f24d7-e717-40f8-a2b6-cb8464cd23\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.nickname = person.name
            claims.picture = person.picture
            return claims
        },
        attributes: ["union_id": "c9c60f44-a68e-4f5d-84dd-ce22faeb0ba1"],
        refusals: standardRefusals + [
            tiktokError("access_token_invalid", .upstreamMisbehaved, status: 401),
            tiktokError("scope_not_authorized", .misconfigured, status: 401),
        ])

    private static func tiktokError(_ code: String, _ kind: BrokerError.Kind, status: Int) -> UpstreamRefusal {
        refusal(code, kind, status: status, to: 2) { message in
            ["data": [:], "error": ["code": .string(code), "message": .string(message), "log_id": "2022"]]
        }
    }
}
