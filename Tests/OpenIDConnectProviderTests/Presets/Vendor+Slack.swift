import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// docs.slack.dev/authentication/sign-in-with-slack: ids by URLs, and errors with `ok: false` and status 200.
    static let slack = Vendor(
        preset: .slack,
        clientId: "25259531569.1115258246291",
        document: ["id_token_signing_alg_values_supported": ["RS256"]],
        subject: { "U0R7MFMJ\($0.number)" },
        subjectClaims: ["sub", "https://slack.com/user_id"],
        claims: { person in
            var claims = profile(of: person)
            (claims["https://slack.com/team_id"], claims["https://slack.com/team_domain"]) = ("T0R7GR", "kraneflannel")
            (claims["locale"], claims["date_email_verified"]) = ("en-US", 1_622_128_723)
            return claims
        },
        tokens: ["ok": true, "token_type": "Bearer", "state": ""],
        expectedSubject: { "T0R7GR:U0R7MFMJ\($0.number)" },
        expectedClaims: { person in
            var claims = expectedProfile(of: person)
            claims.locale = "en-US"
            return claims
        },
        attributes: ["team_id": "T0R7GR"],
        refusals: [
            error("invalid_code", .invalidCredential), error("code_already_used", .invalidCredential),
            error("bad_client_secret", .misconfigured), error("invalid_client_id", .misconfigured),
            error("bad_redirect_uri", .misconfigured), error("internal_error", .upstreamUnavailable),
            error("ratelimited", .rateLimited), error("a_code_of_later", .upstreamMisbehaved),
        ])

    private static func error(_ code: String, _ kind: BrokerError.Kind) -> UpstreamRefusal {
        UpstreamRefusal(code, means: kind) { message in
            .json(["ok": false, "error": .string(code), "response_metadata": ["messages": [.string(message)]]])
        }
    }
}
