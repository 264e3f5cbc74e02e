import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// developers.naver.com: the record under `response`, and errors with status 200.
    static let naver = Vendor(
        preset: .naver,
        usesPKCE: false,
        client: .form(id: "client_id"),
        authorization: ["client_id": VendorFixture.clientId],
        tokenParameters: ["state": "*"],
        token: .header("Bearer"),
        id: text,
        tokens: { token, _ in
            ["access_token": .string(token), "refresh_token": "c8ceMEJi", "token_type": "bearer", "expires_in": "3600"]
        },
        profile: { person, id in
            let record: JSONObject = [
                "nickname": "naver", "name": .string(person.name), "email": .string(person.email), "gender": "F",
                "age": "40-49", "birthday": "10-01", "profile_image": .string(person.picture),
            ]
            return ["resultcode": "00", "message": "success", "response": .object(record.with("id", id))]
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            (claims.name, claims.nickname) = (person.name, "naver")
            claims.picture = person.picture
            claims.email = address(person.email, verified: nil)
            return claims
        },
        refusals: [
            refusal("invalid_request", .invalidCredential, status: 200),
            refusal("unauthorized_client", .misconfigured, status: 200),
            refusal("024", .upstreamMisbehaved, status: 401, to: 2) { ["resultcode": "024", "message": .string($0)] },
            refusal("403", .upstreamMisbehaved, status: 403, to: 2) {
                ["errorMessage": .string($0), "errorCode": "403"]
            },
        ])
}
