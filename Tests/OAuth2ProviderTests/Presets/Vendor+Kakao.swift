import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// developers.kakao.com: claims under `kakao_account`, and negative numbers for errors of the API.
    static let kakao = Vendor(
        preset: .kakao,
        usesPKCE: false,
        client: .form(id: "client_id"),
        authorization: [
            "client_id": VendorFixture.clientId, "scope": "account_email,profile_nickname,profile_image",
        ],
        token: .header("Bearer"),
        profileParameters: ["secure_resource": "true"],
        id: number,
        profile: { person, id in
            let record: JSONObject = [
                "connected_at": "2022-04-11T01:45:28Z",
                "kakao_account": [
                    "profile_nickname_needs_agreement": false,
                    "profile": ["nickname": .string(person.name), "profile_image_url": .string(person.picture)],
                    "is_email_valid": true, "is_email_verified": person.isEmailVerified.map(JSONValue.bool) ?? .null,
                    "email": .string(person.email),
                ],
            ]
            return .object(record.with("id", id))
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.nickname = person.name
            claims.picture = person.picture
            claims.email = address(person.email, verified: person.isEmailVerified)
            return claims
        },
        refusals: standardRefusals + [
            kakaoError(-401, .upstreamMisbehaved, status: 401), kakaoError(-10, .rateLimited),
            kakaoError(-1, .upstreamUnavailable), kakaoError(-7, .upstreamUnavailable),
        ])

    private static func kakaoError(_ code: Int, _ kind: BrokerError.Kind, status: Int = 400) -> UpstreamRefusal {
        refusal("\(code)", kind, status: status, to: 2) { ["msg": .string($0), "code": .integer(code)] }
    }
}
