/// A part that travels beside a credential, by name, and its form: a code verifier, or data that the upstream encrypted.
///
/// The pipeline checks it as it checks the credential, before anything is reserved or sent. The provider finds it in
/// ``Credential/parts``; no provider is told of parts that its manifest does not name.
public struct CredentialPart: Sendable, Hashable {
    /// The name in snake case, by which requests and the command line give it.
    public var name: String
    /// The longest part accepted, in bytes.
    public var maximumBytes: Int
    /// The characters that it may contain.
    public var alphabet: CredentialForm.Alphabet
    /// What it is and when to send it, in a sentence or two.
    public var documentation: String

    /// Describes a part.
    public init(
        _ name: String,
        maximumBytes: Int,
        alphabet: CredentialForm.Alphabet = .visibleASCII,
        _ documentation: String
    ) {
        self.name = name
        self.maximumBytes = maximumBytes
        self.alphabet = alphabet
        self.documentation = documentation
    }

    /// Names that a part cannot have, since a token request gives something else by them (RFC 6749, RFC 7521, RFC 8693).
    package static let reservedNames: Set<String> = [
        "actor_token", "actor_token_type", "audience", "client_assertion", "client_assertion_type", "client_id",
        "client_secret", "grant_type", "nonce", "provider", "requested_token_type", "resource", "scope",
        "subject_token", "subject_token_type",
    ]

    /// Whether requests can give the part by its name.
    package var isIdentifiable: Bool {
        let words = name.split(separator: "_", omittingEmptySubsequences: false)
        let isWord: (Substring) -> Bool = { word in
            !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        return words.allSatisfy(isWord) && name.first?.isNumber == false && !Self.reservedNames.contains(name)
    }
}
