public import IdentityBroker

/// What a developer needs to sign in against a sandbox.
public struct SandboxGuide: Sendable {
    /// Another fact about the sandbox, such as the id of its user pool.
    public struct Fact: Sendable {
        /// The name in JSON, in snake case.
        public let name: String
        /// The name for people.
        public let label: String
        /// The value.
        public let value: String

        /// Creates a fact.
        public init(_ name: String, label: String, _ value: String) {
            self.name = name
            self.label = label
            self.value = value
        }
    }

    /// Where a browser or curl can play the user and get another credential.
    public struct Authorization: Sendable {
        /// The URL at the sandbox.
        public let url: String
        /// How the answer relates to the upstream's own, for people: "as the mini program returns it".
        public let form: String

        /// Creates an authorization.
        public init(url: String, form: String) {
            self.url = url
            self.form = form
        }
    }

    /// What a credential is called, such as `ticket`; in the plural, its name in JSON.
    public let credentialName: String
    /// Credentials, each good for one login.
    public let credentials: [Credential]
    /// Other facts about the sandbox.
    public let facts: [Fact]
    /// What the upstream's own app would return; nil if it returns nothing.
    public let callback: String?
    /// Where to get more credentials; nil if there are none without a login that the broker began.
    public let authorization: Authorization?
    /// Whether people sign in with a browser, where a login began by redirect.
    public let signsInByRedirect: Bool

    /// Creates a guide.
    public init(
        credentialName: String,
        credentials: [Credential],
        facts: [Fact] = [],
        callback: String? = nil,
        authorization: Authorization?,
        signsInByRedirect: Bool = false
    ) {
        self.credentialName = credentialName
        self.credentials = credentials
        self.facts = facts
        self.callback = callback
        self.authorization = authorization
        self.signsInByRedirect = signsInByRedirect
    }
}
