import BrokerSandbox
import Foundation

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: Sendable {
    /// How long a code, and how long a pushed request can be used. A person may read the page at leisure.
    static let codeLifetime: TimeInterval = 60
    static let pushLifetime: TimeInterval = 600
    static let tokenLifetime: TimeInterval = 3600
    /// How far ahead the expiry of a client's assertion may be.
    static let assertionLifetime: TimeInterval = 600

    let vendor: Vendor
    let client: SandboxClient
    let site: SandboxSite
    let key: SandboxKey
    let people: [Person]
    let randomBytes: @Sendable (Int) -> [UInt8]

    var codes = ExpiringTable<IssuedCode>()
    /// What the people of access tokens agreed to.
    var accessTokens = ExpiringTable<Consent>()
    /// The parameters of authorization requests that the client pushed (RFC 9126 §2).
    var pushedRequests = ExpiringTable<[String: String]>()
    /// The ids of client assertions that were presented (RFC 7523 §3 number 7).
    var assertionIDs = ExpiringTable<Void>()
    /// The people who have signed in before.
    var knownPeople: Set<Int> = []

    init(
        _ vendor: Vendor,
        client: SandboxClient,
        site: SandboxSite,
        key: SandboxKey,
        people: [Person] = Person.all,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.vendor = vendor
        self.client = client
        self.site = site
        self.key = key
        self.people = people
        self.randomBytes = randomBytes
    }

    /// What the discovery document calls the issuer.
    var issuer: String { site.base + vendor.issuerPath }

    func url(of endpoint: SandboxEndpoint) -> String {
        (endpoint.isForBrowsers ? site.pages : site.base) + Vendor.path(of: endpoint)
    }

    /// A new random text, which no one can guess.
    func handle(_ prefix: String) -> String {
        "\(prefix)-\(Base64URL.encode(randomBytes(24)))"
    }

    func person(named name: String) -> Person? {
        people.first { $0.name == name }
    }
}

/// A code that was issued (RFC 6749 §4.1.2).
struct IssuedCode: Sendable {
    let consent: Consent
    /// The access token that it was redeemed for; empty if it was refused.
    var accessToken: String?
}
