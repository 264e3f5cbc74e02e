import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// developers.facebook.com: a request by GET, the proof of the secret, and errors as objects with numbers.
    static let facebook = Vendor(
        preset: .facebook,
        usesPKCE: false,
        client: .query(id: "client_id"),
        authorization: ["client_id": VendorFixture.clientId, "scope": "email,public_profile"],
        token: .header("Bearer"),
        profileParameters: [
            "fields": "id,name,first_name,last_name,middle_name,email,picture.type(large)"
        ],
        proofName: "appsecret_proof",
        id: text,
        profile: { person, id in
            let record: JSONObject = [
                "name": .string(person.name), "first_name": "Ada", "last_name": "Adams", "email": .string(person.email),
                "picture": ["data": ["height": 200, "is_silhouette": false, "url": .string(person.picture)]],
            ]
            return .object(record.with("id", id))
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.name = person.name
            (claims.givenName, claims.familyName) = ("Ada", "Adams")
            claims.picture = person.picture
            claims.email = address(person.email, verified: nil)
            return claims
        },
        refusals: [
            facebookError(100, .invalidCredential), facebookError(101, .misconfigured),
            facebookError(191, .misconfigured),
            // "Error validating client secret."
            facebookError(1, .misconfigured),
            facebookError(2, .upstreamUnavailable), facebookError(4, .rateLimited),
            facebookError(190, .upstreamMisbehaved, to: 2), facebookError(17, .rateLimited, to: 2),
            facebookError(99999, .upstreamMisbehaved),
        ])

    private static func facebookError(
        _ code: Int,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        refusal("\(code)", kind, status: 400, to: request) { message in
            [
                "error": [
                    "message": .string(message), "type": "OAuthException", "code": .integer(code),
                    "fbtrace_id": "EJplcsCHuLu",
                ]
            ]
        }
    }
}
