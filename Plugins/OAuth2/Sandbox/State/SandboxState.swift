import BrokerSandbox
import Foundation

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: Sendable {
    /// How long a code can be used. A person may read the page at leisure.
    static let codeLifetime: TimeInterval = 60
    static let tokenLifetime: TimeInterval = 3600

    let vendor: Vendor
    let client: SandboxClient
    let site: SandboxSite
    let people: [Person]
    let randomBytes: @Sendable (Int) -> [UInt8]

    var codes = ExpiringTable<IssuedCode>()
    /// What the people of access tokens agreed to.
    var accessTokens = ExpiringTable<Consent>()

    init(
        _ vendor: Vendor,
        client: SandboxClient,
        site: SandboxSite,
        people: [Person] = Person.all,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.vendor = vendor
        self.client = client
        self.site = site
        self.people = people
        self.randomBytes = randomBytes
    }

    /// A new random text, which no one can guess.
    func handle(_ prefix: String) -> String { "\(prefix)-\(Base64URL.encode(randomBytes(24)))" }
}

/// The one client that the sandbox knows.
struct SandboxClient: Sendable {
    let id: String
    let secret: String
    let redirectURIs: RedirectURIs
}

/// A code that was issued (RFC 6749 §4.1.2).
struct IssuedCode: Sendable {
    let consent: Consent
    /// The parameters that the browser brought with it.
    let returned: [String: String]
    /// The access token that it was redeemed for; empty if it was refused.
    var accessToken: String?
}
