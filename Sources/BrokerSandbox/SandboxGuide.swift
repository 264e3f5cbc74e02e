public import IdentityBroker

/// What a developer needs in order to sign in against a sandbox.
public struct SandboxGuide: Sendable {
    /// Something else that the sandbox is known by.
    public struct Fact: Sendable {
        /// The name in JSON, in snake case.
        public let name: String
        /// The name for people.
        public let label: String
        /// The value.
        public let value: String

        /// Makes a fact.
        public init(_ name: String, label: String, _ value: String) {
            self.name = name
            self.label = label
            self.value = value
        }
    }

    /// Where a browser, or curl, plays the user and gets one more credential.
    public struct Authorization: Sendable {
        /// The URL, at the sandbox.
        public let url: String
        /// How the answer relates to the upstream's own, for people: "as the mini program returns it".
        public let form: String

        /// Makes one.
        public init(url: String, form: String) {
            self.url = url
            self.form = form
        }
    }

    /// What a credential is called: the option of `broker login` without its dashes, and in the plural the name in JSON.
    public let credentialName: String
    /// Credentials, each good for one login.
    public let credentials: [Credential]
    /// What else the sandbox is known by.
    public let facts: [Fact]
    /// What the upstream's own app would hand back; nil where it hands nothing back.
    public let callback: String?
    /// Where to get more.
    public let authorization: Authorization

    /// Makes a guide.
    public init(
        credentialName: String,
        credentials: [Credential],
        facts: [Fact] = [],
        callback: String? = nil,
        authorization: Authorization
    ) {
        self.credentialName = credentialName
        self.credentials = credentials
        self.facts = facts
        self.callback = callback
        self.authorization = authorization
    }
}
