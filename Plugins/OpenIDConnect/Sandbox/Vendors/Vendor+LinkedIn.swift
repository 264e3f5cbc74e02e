import BrokerSandbox

extension Vendor {
    /// learn.microsoft.com/linkedin: no nonce, no PKCE, one error code for every code that is not accepted, and a locale that
    /// is no text.
    static let linkedin = Vendor(
        type: "linkedin",
        displayName: "LinkedIn",
        settings: { [SandboxSetting("issuer", .text("\($0)/oauth"))] },
        path: "/oauth",
        issuerPath: "/oauth",
        tokenIssuer: { _, _ in "https://www.linkedin.com" },
        returnsNonce: false,
        issuesNativeTokens: false,
        takesFormPost: false,
        challenges: .refused,
        subject: { "782bbtaQ\($0.number)" },
        claims: { $0.person.profile.with($0.person.contact) },
        userInfo: { consent in
            let person = consent.person
            return person.profile.with(person.nameParts).with(person.contact).with([
                "locale": ["country": "US", "language": "en"]
            ])
        },
        tokens: ["token_type": "Bearer", "expires_in": 5_184_000, "scope": "email,openid,profile"],
        cancellation: "user_cancelled_login",
        refusal: { refusal in
            let code: JSON
            switch refusal {
            case .code, .usedCode, .verifier: code = "invalid_request"
            case .redirectURI: code = "invalid_redirect_uri"
            default: return refusal.standard
            }
            return VendorAnswer(status: 400, members: ["error": code, "error_description": .text(refusal.message)])
        })
}
