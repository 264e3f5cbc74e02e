import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// developer.open-douyin.com: everything under `data`, its errors too.
    static let douyin = Vendor(
        preset: .douyin,
        usesPKCE: false,
        client: .form(id: "client_key"),
        authorization: ["client_key": VendorFixture.clientId, "scope": "user_info"],
        token: .form,
        profileMethod: "POST",
        profileParameters: ["open_id": "*"],
        id: { .string("aaa-bbb-ccc-\($0.number)") },
        tokens: { token, id in
            [
                "data": [
                    "access_token": .string(token), "description": "", "error_code": "0", "expires_in": "86400",
                    "open_id": id, "refresh_token": "refresh_token", "scope": "user_info",
                ],
                "message": "success",
            ]
        },
        profile: { person, id in
            let record: JSONObject = [
                "avatar": .string(person.picture), "description": "", "error_code": 0, "nickname": .string(person.name),
                "union_id": "1ad4e099-4a0c-47d1-a410-bffb4f2f64a4",
            ]
            return ["data": .object(record.with("open_id", id)), "message": "success"]
        },
        idIsInTokens: true,
        subject: { "aaa-bbb-ccc-\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.nickname = person.name
            claims.picture = person.picture
            return claims
        },
        attributes: ["union_id": "1ad4e099-4a0c-47d1-a410-bffb4f2f64a4"],
        refusals: [
            douyinError(10007, .invalidCredential), douyinError(10013, .misconfigured),
            douyinError(10003, .misconfigured),
            douyinError(2_100_005, .upstreamMisbehaved), douyinError(2_190_008, .upstreamMisbehaved, to: 2),
        ])

    private static func douyinError(
        _ code: Int,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        refusal("\(code)", kind, status: 200, to: request) { message in
            ["data": ["description": .string(message), "error_code": .integer(code)], "extra": ["logid": "2020"]]
        }
    }
}
