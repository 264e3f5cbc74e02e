import BrokerSandbox

extension Vendor {
    /// docs.slack.dev/authentication/sign-in-with-slack: ids by URLs, and errors with `ok: false` and status 200.
    static let slack = Vendor(
        type: "slack",
        displayName: "Slack",
        clientId: "25259531569.1115258246291",
        issuesNativeTokens: false,
        subject: { "U0R7MFMJ\($0.number)" },
        claims: { profile(of: $0.person) },
        userInfo: { profile(of: $0.person).with(["ok": true]) },
        tokens: ["ok": true, "token_type": "Bearer", "state": ""],
        refusal: { refusal in
            let code =
                switch refusal {
                case .request: "invalid_arguments"
                case .grantType: "invalid_grant_type"
                case .client: "bad_client_secret"
                case .code, .verifier: "invalid_code"
                case .usedCode: "code_already_used"
                case .redirectURI: "bad_redirect_uri"
                }
            return VendorAnswer(status: 200, members: ["ok": false, "error": .text(code)])
        })

    private static func profile(of person: Person) -> Members {
        person.profile.with(person.nameParts).with(person.contact).with([
            "https://slack.com/user_id": .text("U0R7MFMJ\(person.number)"), "https://slack.com/team_id": "T0R7GR",
            "https://slack.com/team_domain": "kraneflannel", "locale": "en-US",
        ])
    }
}
