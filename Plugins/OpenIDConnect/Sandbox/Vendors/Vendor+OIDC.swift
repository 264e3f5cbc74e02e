import BrokerSandbox

extension Vendor {
    /// A provider by the book: claims at userinfo by scope, pushed requests, and answers that name it.
    static let oidc = Vendor(
        type: "oidc",
        displayName: "OpenID provider",
        methods: [.basic],
        takesPushedRequests: true,
        namesItself: true,
        hasLogout: true,
        claims: { consent in consent.isNative ? profile(for: consent) : [:] },
        userInfo: { profile(for: $0) })

    /// The claims that the scopes ask for (OpenID Connect Core §5.4).
    private static func profile(for consent: Consent) -> Members {
        var claims: Members = [:]
        if consent.has("profile") {
            claims = consent.person.profile.with(consent.person.nameParts).with([
                "preferred_username": .text(consent.person.name)
            ])
        }
        if consent.has("email") { claims = claims.with(consent.person.contact) }
        if consent.has("phone") {
            claims["phone_number"] = .text(consent.person.phoneNumber)
            claims["phone_number_verified"] = true
        }
        return claims
    }
}
