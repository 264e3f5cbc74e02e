public import IdentityBroker

/// A person who can sign in at a sandbox.
public struct SandboxPerson: Sendable, Hashable {
    /// The name by which the command line and the sandbox's page choose the person.
    public let name: String
    /// What is particular about them, for developers: "Ada Lovelace, with a verified e-mail address".
    public let description: String

    /// Creates a person.
    public init(_ name: String, _ description: String) {
        self.name = name
        self.description = description
    }
}

/// How a person signs in at a sandbox without a browser.
public enum SandboxSignIn: Sendable {
    /// With a credential that is valid for one login.
    case credential(Credential)

    /// By redirect: the sandbox does what the person would do in a browser.
    ///
    /// It takes the URL to which the browser would be sent, and returns what the browser would bring back: the query of the
    /// redirect URI, or the body of the form posted to it. It throws if the sandbox would show an error instead.
    case redirect(@Sendable (_ url: String) throws -> String)
}
