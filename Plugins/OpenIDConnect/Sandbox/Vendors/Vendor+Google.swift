import BrokerSandbox

extension Vendor {
    private static let googleClient = "1234987819200.apps.googleusercontent.com"

    /// developers.google.com/identity/openid-connect: `iss` without its scheme, `azp`, and `hd` for accounts of an
    /// organization.
    static let google = Vendor(
        type: "google",
        displayName: "Google",
        clientId: googleClient,
        tokenIssuer: { _, _ in "accounts.google.com" },
        methods: [.post, .basic],
        subject: { "1076915035000061510\($0.number)" },
        claims: { profile(of: $0.person).with(["azp": .text(googleClient)]) },
        userInfo: { profile(of: $0.person) },
        tokens: [
            "token_type": "Bearer", "expires_in": 3920,
            "scope": "openid https://www.googleapis.com/auth/userinfo.email",
        ],
        refusal: { refusal in
            guard refusal == .redirectURI else { return refusal.standard }
            return VendorAnswer(
                status: 400, members: ["error": "redirect_uri_mismatch", "error_description": "Bad Request"])
        })

    private static func profile(of person: Person) -> Members {
        let claims = person.profile.with(person.nameParts).with(person.contact)
        return person.email == nil ? claims : claims.with(["hd": "people.example"])
    }
}
